import { ArsAssistant } from "./assistant";

if (!customElements.get("ars-assistant")) customElements.define("ars-assistant", ArsAssistant);

export { ArsAssistant };
