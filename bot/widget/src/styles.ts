import { css, unsafeCSS } from "lit";

// Small screens, and windows that are not high: the panel takes all of them.
export const FULL_SCREEN = "(max-width: 30rem), (max-height: 32rem)";
const fullScreen = unsafeCSS(FULL_SCREEN);

const dark = css`
    --action: #9ccaf5;
    --on-action: #0b1a29;
    --text: #f2f2f2;
    --soft: #cfd4da;
    --background: #16202b;
    --alternative: #223140;
    --border: #9aa5b1;
    --alert: #ffb3b3;
    color-scheme: dark;
`;

// Colours are checked at 4.5:1 at least; the « host » theme takes the page's own, when it names them as the State's
// design system does, without shipping any of it.
export const styles = css`
  :host {
    /* Against the rules of the page, which win over ours unless these are important. */
    all: initial !important;
    display: block !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([theme="host"]) {
    font-family: inherit !important;
  }
  /* Here and not on the element, where a rule of the page for every element would reach these names. */
  .root {
    --action: #1f4e79;
    --on-action: #fff;
    --text: #1c1c1c;
    --soft: #4a4a4a;
    --background: #fff;
    --alternative: #eef3f8;
    --border: #6b7480;
    --alert: #a01414;
    font-family: system-ui, "Segoe UI", Roboto, Arial, sans-serif;
    /* The person's own size, but never the ten pixels of pages that set their root at 62.5 %. */
    font-size: max(1rem, 16px);
    line-height: 1.5;
    color: var(--text);
  }
  :host([theme="host"]) .root {
    --action: var(--background-action-high-blue-france, #1f4e79);
    --on-action: var(--text-inverted-blue-france, #fff);
    --text: var(--text-default-grey, #1c1c1c);
    --soft: var(--text-mention-grey, #4a4a4a);
    --background: var(--background-default-grey, #fff);
    --alternative: var(--background-alt-blue-france, #eef3f8);
    --border: var(--border-plain-grey, #6b7480);
    --alert: var(--text-default-error, #a01414);
    font-family: inherit;
  }
  @media screen {
    :host([theme="dark"]) .root {
      ${dark}
    }
  }
  @media screen and (prefers-color-scheme: dark) {
    :host(:not([theme])) .root {
      ${dark}
    }
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button,
  select,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
  }
  button,
  summary {
    min-height: 2.75rem;
    cursor: pointer;
  }
  button {
    padding: 0.5rem 0.9rem;
    border: 1px solid var(--action);
    border-radius: 0.4rem;
    background: var(--background);
    color: var(--action);
    text-align: left;
  }
  button.main,
  .launcher {
    background: var(--action);
    color: var(--on-action);
  }
  button[aria-disabled="true"] {
    opacity: 0.75;
    cursor: progress;
  }
  :focus-visible {
    outline: 3px solid var(--action);
    outline-offset: 2px;
  }
  .launcher:focus-visible,
  .main:focus-visible {
    outline-color: var(--text);
  }
  a {
    color: var(--action);
  }
  .launcher {
    position: fixed;
    bottom: 1rem;
    right: 1rem;
    z-index: 2147483000;
    border-radius: 2rem;
    padding: 0.6rem 1.2rem;
    box-shadow: 0 2px 8px #0006;
  }
  .panel {
    position: fixed;
    inset: auto 1rem 4.75rem auto;
    z-index: 2147483000;
    width: min(26rem, calc(100vw - 2rem));
    max-width: none;
    height: min(46rem, calc(100vh - 6rem));
    max-height: none;
    margin: 0;
    padding: 0;
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    color: var(--text);
    box-shadow: 0 4px 24px #0005;
    overflow: hidden;
    /* What fits is measured on the panel itself, in the size of its own letters. */
    container-type: size;
  }
  :host([position="left"]) .launcher,
  :host([position="left"]) .panel {
    right: auto;
    left: 1rem;
  }
  .inner,
  .log {
    /* What is hidden from sight only is placed in what scrolls, and does not make the rest scroll. */
    position: relative;
  }
  .inner {
    display: flex;
    flex-direction: column;
    height: 100%;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0.5rem;
    padding: 0.5rem 0.75rem;
    background: var(--alternative);
  }
  h2 {
    flex: 1 1 10rem;
    margin: 0;
    font-size: 1.05em;
    line-height: 1.3;
  }
  .log {
    flex: 1 1 auto;
    min-height: 8em;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 0.5rem 0.75rem;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .message {
    margin: 0 0 0.9rem;
    padding: 0.6rem 0.75rem;
    border: 1px solid transparent;
    border-radius: 0.5rem;
    overflow-wrap: anywhere;
  }
  .assistant {
    background: var(--alternative);
  }
  .person {
    border-color: var(--border);
    margin-left: 1.5rem;
    white-space: pre-wrap;
  }
  .author {
    margin: 0;
    font-weight: 600;
    font-size: 0.9em;
    color: var(--soft);
  }
  .message p {
    margin: 0 0 0.4rem;
  }
  .message ul {
    margin: 0 0 0.5rem;
    padding-left: 1.2rem;
  }
  .call {
    border-left: 4px solid var(--action);
    padding-left: 0.5rem;
  }
  .notice {
    font-size: 0.92em;
    color: var(--soft);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    list-style: none;
    padding: 0 !important;
  }
  .control {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin: 0.4rem 0;
  }
  fieldset {
    flex-basis: 100%;
    border: 0;
    margin: 0;
    padding: 0;
  }
  .radio {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 2.25rem;
  }
  .radio label {
    flex: 1;
    font-weight: normal;
    padding: 0.3rem 0;
  }
  [type="radio"] {
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
    flex: none;
    accent-color: var(--action);
  }
  progress {
    width: 100%;
    accent-color: var(--action);
  }
  blockquote {
    margin: 0.25rem 0 0;
  }
  figure,
  address {
    margin: 0.5rem 0;
    padding: 0.4rem 0.6rem;
    border: 1px solid var(--border);
    border-left: 4px solid var(--action);
    border-radius: 0.3rem;
    font-style: normal;
    overflow-wrap: anywhere;
  }
  address strong {
    display: block;
  }
  figcaption {
    font-size: 0.92em;
    color: var(--soft);
  }
  .confirm {
    max-width: min(24rem, calc(100vw - 2rem));
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    color: var(--text);
  }
  .confirm::backdrop {
    background: #0008;
  }
  select,
  input:not([type="radio"]) {
    font: inherit;
    min-height: 2.75rem;
    max-width: 100%;
    flex: 1 1 10rem;
    border: 1px solid var(--border);
    border-radius: 0.3rem;
    background: var(--background);
    color: var(--text);
  }
  .feedback {
    border: 0;
    margin: 0.4rem 0 0;
    padding: 0;
    font-size: 0.92em;
  }
  .feedback legend,
  .feedback label {
    color: var(--soft);
    padding: 0;
  }
  .feedback button {
    margin: 0.25rem 0.4rem 0 0;
  }
  [role="status"] {
    margin: 0;
    min-height: 1.5rem;
    padding: 0 0.75rem;
    font-size: 0.92em;
    color: var(--soft);
  }
  .error {
    margin: 0.25rem 0.75rem;
    padding: 0.5rem;
    border: 2px solid var(--alert);
    border-radius: 0.4rem;
    color: var(--alert);
  }
  .error p {
    margin: 0 0 0.4rem;
  }
  form.ask {
    padding: 0.5rem 0.75rem 0.75rem;
    border-top: 1px solid var(--border);
  }
  label {
    display: block;
    font-weight: 600;
  }
  .help {
    flex: 1 1 10rem;
    margin: 0;
    font-size: 0.85em;
    color: var(--soft);
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 3.2rem;
    padding: 0.4rem;
    border: 1px solid var(--border);
    border-radius: 0.3rem;
    background: var(--background);
    color: var(--text);
    resize: vertical;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0.5rem;
    margin-top: 0.4rem;
  }
  .menu summary {
    display: list-item;
    padding: 0.5rem 0.25rem;
  }
  .menu ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    list-style: none;
    margin: 0 0 0.4rem;
    padding: 0;
  }
  .separator {
    border-top: 3px double var(--border);
    border-radius: 0;
  }
  .low {
    display: none;
  }
  @media ${fullScreen} {
    .panel,
    :host([position="left"]) .panel {
      inset: 0;
      width: 100%;
      height: 100%;
      border: 0;
      border-radius: 0;
    }
    :host([opened]) .launcher {
      display: none;
    }
  }
  /* Too little room for a conversation that scrolls between its title and its question: all of it scrolls. */
  @container (max-height: 29em) {
    .head {
      position: sticky;
      top: 0;
      z-index: 1;
    }
    .inner {
      display: block;
      scroll-padding-top: 4em;
    }
    .log {
      min-height: 0;
      overflow: visible;
    }
  }
  /* A title that stays would hide what has the focus. */
  @container (max-height: 20em) {
    .head {
      position: static;
    }
    .inner {
      scroll-padding-top: 0;
    }
    .low {
      display: block;
    }
  }
  @media (forced-colors: active) {
    button,
    .panel,
    .message {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel {
      animation: appear 0.15s ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
  @media print {
    .launcher,
    form,
    .choices,
    .feedback,
    .close {
      display: none !important;
    }
    .panel {
      position: static;
      width: auto;
      height: auto;
      border: 0;
      box-shadow: none;
      overflow: visible;
      container-type: normal;
    }
    .inner {
      display: block;
      height: auto;
      overflow: visible;
    }
    .log {
      overflow: visible;
    }
  }
`;
