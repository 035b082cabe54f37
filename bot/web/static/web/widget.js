/* sources 7b848e5eba4a0ee3446d33beb2a13e340bb20f47bf9e9aad65bee0b4613a56f4 */
const H = globalThis, I = H.ShadowRoot && (H.ShadyCSS === void 0 || H.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, V = /* @__PURE__ */ Symbol(), Q = /* @__PURE__ */ new WeakMap();
let ft = class {
  constructor(t, e, s) {
    if (this._$cssResult$ = !0, s !== V) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
    this.cssText = t, this.t = e;
  }
  get styleSheet() {
    let t = this.o;
    const e = this.t;
    if (I && t === void 0) {
      const s = e !== void 0 && e.length === 1;
      s && (t = Q.get(e)), t === void 0 && ((this.o = t = new CSSStyleSheet()).replaceSync(this.cssText), s && Q.set(e, t));
    }
    return t;
  }
  toString() {
    return this.cssText;
  }
};
const _t = (r) => new ft(typeof r == "string" ? r : r + "", void 0, V), mt = (r, ...t) => {
  const e = r.length === 1 ? r[0] : t.reduce((s, i, n) => s + ((o) => {
    if (o._$cssResult$ === !0) return o.cssText;
    if (typeof o == "number") return o;
    throw Error("Value passed to 'css' function must be a 'css' function result: " + o + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
  })(i) + r[n + 1], r[0]);
  return new ft(e, r, V);
}, At = (r, t) => {
  if (I) r.adoptedStyleSheets = t.map((e) => e instanceof CSSStyleSheet ? e : e.styleSheet);
  else for (const e of t) {
    const s = document.createElement("style"), i = H.litNonce;
    i !== void 0 && s.setAttribute("nonce", i), s.textContent = e.cssText, r.appendChild(s);
  }
}, G = I ? (r) => r : (r) => r instanceof CSSStyleSheet ? ((t) => {
  let e = "";
  for (const s of t.cssRules) e += s.cssText;
  return _t(e);
})(r) : r;
const { is: wt, defineProperty: xt, getOwnPropertyDescriptor: kt, getOwnPropertyNames: St, getOwnPropertySymbols: Et, getPrototypeOf: Ct } = Object, L = globalThis, X = L.trustedTypes, Ut = X ? X.emptyScript : "", Pt = L.reactiveElementPolyfillSupport, P = (r, t) => r, W = { toAttribute(r, t) {
  switch (t) {
    case Boolean:
      r = r ? Ut : null;
      break;
    case Object:
    case Array:
      r = r == null ? r : JSON.stringify(r);
  }
  return r;
}, fromAttribute(r, t) {
  let e = r;
  switch (t) {
    case Boolean:
      e = r !== null;
      break;
    case Number:
      e = r === null ? null : Number(r);
      break;
    case Object:
    case Array:
      try {
        e = JSON.parse(r);
      } catch {
        e = null;
      }
  }
  return e;
} }, $t = (r, t) => !wt(r, t), Y = { attribute: !0, type: String, converter: W, reflect: !1, useDefault: !1, hasChanged: $t };
Symbol.metadata ??= /* @__PURE__ */ Symbol("metadata"), L.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
let k = class extends HTMLElement {
  static addInitializer(t) {
    this._$Ei(), (this.l ??= []).push(t);
  }
  static get observedAttributes() {
    return this.finalize(), this._$Eh && [...this._$Eh.keys()];
  }
  static createProperty(t, e = Y) {
    if (e.state && (e.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(t) && ((e = Object.create(e)).wrapped = !0), this.elementProperties.set(t, e), !e.noAccessor) {
      const s = /* @__PURE__ */ Symbol(), i = this.getPropertyDescriptor(t, s, e);
      i !== void 0 && xt(this.prototype, t, i);
    }
  }
  static getPropertyDescriptor(t, e, s) {
    const { get: i, set: n } = kt(this.prototype, t) ?? { get() {
      return this[e];
    }, set(o) {
      this[e] = o;
    } };
    return { get: i, set(o) {
      const c = i?.call(this);
      n?.call(this, o), this.requestUpdate(t, c, s);
    }, configurable: !0, enumerable: !0 };
  }
  static getPropertyOptions(t) {
    return this.elementProperties.get(t) ?? Y;
  }
  static _$Ei() {
    if (this.hasOwnProperty(P("elementProperties"))) return;
    const t = Ct(this);
    t.finalize(), t.l !== void 0 && (this.l = [...t.l]), this.elementProperties = new Map(t.elementProperties);
  }
  static finalize() {
    if (this.hasOwnProperty(P("finalized"))) return;
    if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(P("properties"))) {
      const e = this.properties, s = [...St(e), ...Et(e)];
      for (const i of s) this.createProperty(i, e[i]);
    }
    const t = this[Symbol.metadata];
    if (t !== null) {
      const e = litPropertyMetadata.get(t);
      if (e !== void 0) for (const [s, i] of e) this.elementProperties.set(s, i);
    }
    this._$Eh = /* @__PURE__ */ new Map();
    for (const [e, s] of this.elementProperties) {
      const i = this._$Eu(e, s);
      i !== void 0 && this._$Eh.set(i, e);
    }
    this.elementStyles = this.finalizeStyles(this.styles);
  }
  static finalizeStyles(t) {
    const e = [];
    if (Array.isArray(t)) {
      const s = new Set(t.flat(1 / 0).reverse());
      for (const i of s) e.unshift(G(i));
    } else t !== void 0 && e.push(G(t));
    return e;
  }
  static _$Eu(t, e) {
    const s = e.attribute;
    return s === !1 ? void 0 : typeof s == "string" ? s : typeof t == "string" ? t.toLowerCase() : void 0;
  }
  constructor() {
    super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
  }
  _$Ev() {
    this._$ES = new Promise((t) => this.enableUpdating = t), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((t) => t(this));
  }
  addController(t) {
    (this._$EO ??= /* @__PURE__ */ new Set()).add(t), this.renderRoot !== void 0 && this.isConnected && t.hostConnected?.();
  }
  removeController(t) {
    this._$EO?.delete(t);
  }
  _$E_() {
    const t = /* @__PURE__ */ new Map(), e = this.constructor.elementProperties;
    for (const s of e.keys()) this.hasOwnProperty(s) && (t.set(s, this[s]), delete this[s]);
    t.size > 0 && (this._$Ep = t);
  }
  createRenderRoot() {
    const t = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
    return At(t, this.constructor.elementStyles), t;
  }
  connectedCallback() {
    this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((t) => t.hostConnected?.());
  }
  enableUpdating(t) {
  }
  disconnectedCallback() {
    this._$EO?.forEach((t) => t.hostDisconnected?.());
  }
  attributeChangedCallback(t, e, s) {
    this._$AK(t, s);
  }
  _$ET(t, e) {
    const s = this.constructor.elementProperties.get(t), i = this.constructor._$Eu(t, s);
    if (i !== void 0 && s.reflect === !0) {
      const n = (s.converter?.toAttribute !== void 0 ? s.converter : W).toAttribute(e, s.type);
      this._$Em = t, n == null ? this.removeAttribute(i) : this.setAttribute(i, n), this._$Em = null;
    }
  }
  _$AK(t, e) {
    const s = this.constructor, i = s._$Eh.get(t);
    if (i !== void 0 && this._$Em !== i) {
      const n = s.getPropertyOptions(i), o = typeof n.converter == "function" ? { fromAttribute: n.converter } : n.converter?.fromAttribute !== void 0 ? n.converter : W;
      this._$Em = i;
      const c = o.fromAttribute(e, n.type);
      this[i] = c ?? this._$Ej?.get(i) ?? c, this._$Em = null;
    }
  }
  requestUpdate(t, e, s, i = !1, n) {
    if (t !== void 0) {
      const o = this.constructor;
      if (i === !1 && (n = this[t]), s ??= o.getPropertyOptions(t), !((s.hasChanged ?? $t)(n, e) || s.useDefault && s.reflect && n === this._$Ej?.get(t) && !this.hasAttribute(o._$Eu(t, s)))) return;
      this.C(t, e, s);
    }
    this.isUpdatePending === !1 && (this._$ES = this._$EP());
  }
  C(t, e, { useDefault: s, reflect: i, wrapped: n }, o) {
    s && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(t) && (this._$Ej.set(t, o ?? e ?? this[t]), n !== !0 || o !== void 0) || (this._$AL.has(t) || (this.hasUpdated || s || (e = void 0), this._$AL.set(t, e)), i === !0 && this._$Em !== t && (this._$Eq ??= /* @__PURE__ */ new Set()).add(t));
  }
  async _$EP() {
    this.isUpdatePending = !0;
    try {
      await this._$ES;
    } catch (e) {
      Promise.reject(e);
    }
    const t = this.scheduleUpdate();
    return t != null && await t, !this.isUpdatePending;
  }
  scheduleUpdate() {
    return this.performUpdate();
  }
  performUpdate() {
    if (!this.isUpdatePending) return;
    if (!this.hasUpdated) {
      if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
        for (const [i, n] of this._$Ep) this[i] = n;
        this._$Ep = void 0;
      }
      const s = this.constructor.elementProperties;
      if (s.size > 0) for (const [i, n] of s) {
        const { wrapped: o } = n, c = this[i];
        o !== !0 || this._$AL.has(i) || c === void 0 || this.C(i, void 0, n, c);
      }
    }
    let t = !1;
    const e = this._$AL;
    try {
      t = this.shouldUpdate(e), t ? (this.willUpdate(e), this._$EO?.forEach((s) => s.hostUpdate?.()), this.update(e)) : this._$EM();
    } catch (s) {
      throw t = !1, this._$EM(), s;
    }
    t && this._$AE(e);
  }
  willUpdate(t) {
  }
  _$AE(t) {
    this._$EO?.forEach((e) => e.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(t)), this.updated(t);
  }
  _$EM() {
    this._$AL = /* @__PURE__ */ new Map(), this.isUpdatePending = !1;
  }
  get updateComplete() {
    return this.getUpdateComplete();
  }
  getUpdateComplete() {
    return this._$ES;
  }
  shouldUpdate(t) {
    return !0;
  }
  update(t) {
    this._$Eq &&= this._$Eq.forEach((e) => this._$ET(e, this[e])), this._$EM();
  }
  updated(t) {
  }
  firstUpdated(t) {
  }
};
k.elementStyles = [], k.shadowRootOptions = { mode: "open" }, k[P("elementProperties")] = /* @__PURE__ */ new Map(), k[P("finalized")] = /* @__PURE__ */ new Map(), Pt?.({ ReactiveElement: k }), (L.reactiveElementVersions ??= []).push("2.1.2");
const F = globalThis, tt = (r) => r, q = F.trustedTypes, et = q ? q.createPolicy("lit-html", { createHTML: (r) => r }) : void 0, gt = "$lit$", y = `lit$${Math.random().toFixed(9).slice(2)}$`, bt = "?" + y, Tt = `<${bt}>`, w = document, R = () => w.createComment(""), O = (r) => r === null || typeof r != "object" && typeof r != "function", K = Array.isArray, Rt = (r) => K(r) || typeof r?.[Symbol.iterator] == "function", z = `[ 	
\f\r]`, C = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, st = /-->/g, it = />/g, v = RegExp(`>|${z}(?:([^\\s"'>=/]+)(${z}*=${z}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`, "g"), rt = /'/g, nt = /"/g, yt = /^(?:script|style|textarea|title)$/i, Ot = (r) => (t, ...e) => ({ _$litType$: r, strings: t, values: e }), m = Ot(1), x = /* @__PURE__ */ Symbol.for("lit-noChange"), u = /* @__PURE__ */ Symbol.for("lit-nothing"), ot = /* @__PURE__ */ new WeakMap(), A = w.createTreeWalker(w, 129);
function vt(r, t) {
  if (!K(r) || !r.hasOwnProperty("raw")) throw Error("invalid template strings array");
  return et !== void 0 ? et.createHTML(t) : t;
}
const Nt = (r, t) => {
  const e = r.length - 1, s = [];
  let i, n = t === 2 ? "<svg>" : t === 3 ? "<math>" : "", o = C;
  for (let c = 0; c < e; c++) {
    const l = r[c];
    let p, $, h = -1, f = 0;
    for (; f < l.length && (o.lastIndex = f, $ = o.exec(l), $ !== null); ) f = o.lastIndex, o === C ? $[1] === "!--" ? o = st : $[1] !== void 0 ? o = it : $[2] !== void 0 ? (yt.test($[2]) && (i = RegExp("</" + $[2], "g")), o = v) : $[3] !== void 0 && (o = v) : o === v ? $[0] === ">" ? (o = i ?? C, h = -1) : $[1] === void 0 ? h = -2 : (h = o.lastIndex - $[2].length, p = $[1], o = $[3] === void 0 ? v : $[3] === '"' ? nt : rt) : o === nt || o === rt ? o = v : o === st || o === it ? o = C : (o = v, i = void 0);
    const d = o === v && r[c + 1].startsWith("/>") ? " " : "";
    n += o === C ? l + Tt : h >= 0 ? (s.push(p), l.slice(0, h) + gt + l.slice(h) + y + d) : l + y + (h === -2 ? c : d);
  }
  return [vt(r, n + (r[e] || "<?>") + (t === 2 ? "</svg>" : t === 3 ? "</math>" : "")), s];
};
class N {
  constructor({ strings: t, _$litType$: e }, s) {
    let i;
    this.parts = [];
    let n = 0, o = 0;
    const c = t.length - 1, l = this.parts, [p, $] = Nt(t, e);
    if (this.el = N.createElement(p, s), A.currentNode = this.el.content, e === 2 || e === 3) {
      const h = this.el.content.firstChild;
      h.replaceWith(...h.childNodes);
    }
    for (; (i = A.nextNode()) !== null && l.length < c; ) {
      if (i.nodeType === 1) {
        if (i.hasAttributes()) for (const h of i.getAttributeNames()) if (h.endsWith(gt)) {
          const f = $[o++], d = i.getAttribute(h).split(y), g = /([.?@])?(.*)/.exec(f);
          l.push({ type: 1, index: n, name: g[2], strings: d, ctor: g[1] === "." ? Ht : g[1] === "?" ? qt : g[1] === "@" ? Lt : D }), i.removeAttribute(h);
        } else h.startsWith(y) && (l.push({ type: 6, index: n }), i.removeAttribute(h));
        if (yt.test(i.tagName)) {
          const h = i.textContent.split(y), f = h.length - 1;
          if (f > 0) {
            i.textContent = q ? q.emptyScript : "";
            for (let d = 0; d < f; d++) i.append(h[d], R()), A.nextNode(), l.push({ type: 2, index: ++n });
            i.append(h[f], R());
          }
        }
      } else if (i.nodeType === 8) if (i.data === bt) l.push({ type: 2, index: n });
      else {
        let h = -1;
        for (; (h = i.data.indexOf(y, h + 1)) !== -1; ) l.push({ type: 7, index: n }), h += y.length - 1;
      }
      n++;
    }
  }
  static createElement(t, e) {
    const s = w.createElement("template");
    return s.innerHTML = t, s;
  }
}
function S(r, t, e = r, s) {
  if (t === x) return t;
  let i = s !== void 0 ? e._$Co?.[s] : e._$Cl;
  const n = O(t) ? void 0 : t._$litDirective$;
  return i?.constructor !== n && (i?._$AO?.(!1), n === void 0 ? i = void 0 : (i = new n(r), i._$AT(r, e, s)), s !== void 0 ? (e._$Co ??= [])[s] = i : e._$Cl = i), i !== void 0 && (t = S(r, i._$AS(r, t.values), i, s)), t;
}
class Mt {
  constructor(t, e) {
    this._$AV = [], this._$AN = void 0, this._$AD = t, this._$AM = e;
  }
  get parentNode() {
    return this._$AM.parentNode;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  u(t) {
    const { el: { content: e }, parts: s } = this._$AD, i = (t?.creationScope ?? w).importNode(e, !0);
    A.currentNode = i;
    let n = A.nextNode(), o = 0, c = 0, l = s[0];
    for (; l !== void 0; ) {
      if (o === l.index) {
        let p;
        l.type === 2 ? p = new E(n, n.nextSibling, this, t) : l.type === 1 ? p = new l.ctor(n, l.name, l.strings, this, t) : l.type === 6 && (p = new Dt(n, this, t)), this._$AV.push(p), l = s[++c];
      }
      o !== l?.index && (n = A.nextNode(), o++);
    }
    return A.currentNode = w, i;
  }
  p(t) {
    let e = 0;
    for (const s of this._$AV) s !== void 0 && (s.strings !== void 0 ? (s._$AI(t, s, e), e += s.strings.length - 2) : s._$AI(t[e])), e++;
  }
}
class E {
  get _$AU() {
    return this._$AM?._$AU ?? this._$Cv;
  }
  constructor(t, e, s, i) {
    this.type = 2, this._$AH = u, this._$AN = void 0, this._$AA = t, this._$AB = e, this._$AM = s, this.options = i, this._$Cv = i?.isConnected ?? !0;
  }
  get parentNode() {
    let t = this._$AA.parentNode;
    const e = this._$AM;
    return e !== void 0 && t?.nodeType === 11 && (t = e.parentNode), t;
  }
  get startNode() {
    return this._$AA;
  }
  get endNode() {
    return this._$AB;
  }
  _$AI(t, e = this) {
    t = S(this, t, e), O(t) ? t === u || t == null || t === "" ? (this._$AH !== u && this._$AR(), this._$AH = u) : t !== this._$AH && t !== x && this._(t) : t._$litType$ !== void 0 ? this.$(t) : t.nodeType !== void 0 ? this.T(t) : Rt(t) ? this.k(t) : this._(t);
  }
  O(t) {
    return this._$AA.parentNode.insertBefore(t, this._$AB);
  }
  T(t) {
    this._$AH !== t && (this._$AR(), this._$AH = this.O(t));
  }
  _(t) {
    this._$AH !== u && O(this._$AH) ? this._$AA.nextSibling.data = t : this.T(w.createTextNode(t)), this._$AH = t;
  }
  $(t) {
    const { values: e, _$litType$: s } = t, i = typeof s == "number" ? this._$AC(t) : (s.el === void 0 && (s.el = N.createElement(vt(s.h, s.h[0]), this.options)), s);
    if (this._$AH?._$AD === i) this._$AH.p(e);
    else {
      const n = new Mt(i, this), o = n.u(this.options);
      n.p(e), this.T(o), this._$AH = n;
    }
  }
  _$AC(t) {
    let e = ot.get(t.strings);
    return e === void 0 && ot.set(t.strings, e = new N(t)), e;
  }
  k(t) {
    K(this._$AH) || (this._$AH = [], this._$AR());
    const e = this._$AH;
    let s, i = 0;
    for (const n of t) i === e.length ? e.push(s = new E(this.O(R()), this.O(R()), this, this.options)) : s = e[i], s._$AI(n), i++;
    i < e.length && (this._$AR(s && s._$AB.nextSibling, i), e.length = i);
  }
  _$AR(t = this._$AA.nextSibling, e) {
    for (this._$AP?.(!1, !0, e); t !== this._$AB; ) {
      const s = tt(t).nextSibling;
      tt(t).remove(), t = s;
    }
  }
  setConnected(t) {
    this._$AM === void 0 && (this._$Cv = t, this._$AP?.(t));
  }
}
class D {
  get tagName() {
    return this.element.tagName;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  constructor(t, e, s, i, n) {
    this.type = 1, this._$AH = u, this._$AN = void 0, this.element = t, this.name = e, this._$AM = i, this.options = n, s.length > 2 || s[0] !== "" || s[1] !== "" ? (this._$AH = Array(s.length - 1).fill(new String()), this.strings = s) : this._$AH = u;
  }
  _$AI(t, e = this, s, i) {
    const n = this.strings;
    let o = !1;
    if (n === void 0) t = S(this, t, e, 0), o = !O(t) || t !== this._$AH && t !== x, o && (this._$AH = t);
    else {
      const c = t;
      let l, p;
      for (t = n[0], l = 0; l < n.length - 1; l++) p = S(this, c[s + l], e, l), p === x && (p = this._$AH[l]), o ||= !O(p) || p !== this._$AH[l], p === u ? t = u : t !== u && (t += (p ?? "") + n[l + 1]), this._$AH[l] = p;
    }
    o && !i && this.j(t);
  }
  j(t) {
    t === u ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, t ?? "");
  }
}
class Ht extends D {
  constructor() {
    super(...arguments), this.type = 3;
  }
  j(t) {
    this.element[this.name] = t === u ? void 0 : t;
  }
}
class qt extends D {
  constructor() {
    super(...arguments), this.type = 4;
  }
  j(t) {
    this.element.toggleAttribute(this.name, !!t && t !== u);
  }
}
class Lt extends D {
  constructor(t, e, s, i, n) {
    super(t, e, s, i, n), this.type = 5;
  }
  _$AI(t, e = this) {
    if ((t = S(this, t, e, 0) ?? u) === x) return;
    const s = this._$AH, i = t === u && s !== u || t.capture !== s.capture || t.once !== s.once || t.passive !== s.passive, n = t !== u && (s === u || i);
    i && this.element.removeEventListener(this.name, this, s), n && this.element.addEventListener(this.name, this, t), this._$AH = t;
  }
  handleEvent(t) {
    typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, t) : this._$AH.handleEvent(t);
  }
}
class Dt {
  constructor(t, e, s) {
    this.element = t, this.type = 6, this._$AN = void 0, this._$AM = e, this.options = s;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AI(t) {
    S(this, t);
  }
}
const jt = { I: E }, zt = F.litHtmlPolyfillSupport;
zt?.(N, E), (F.litHtmlVersions ??= []).push("3.3.3");
const Bt = (r, t, e) => {
  const s = e?.renderBefore ?? t;
  let i = s._$litPart$;
  if (i === void 0) {
    const n = e?.renderBefore ?? null;
    s._$litPart$ = i = new E(t.insertBefore(R(), n), n, void 0, e ?? {});
  }
  return i._$AI(r), i;
};
const Z = globalThis;
let T = class extends k {
  constructor() {
    super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
  }
  createRenderRoot() {
    const t = super.createRenderRoot();
    return this.renderOptions.renderBefore ??= t.firstChild, t;
  }
  update(t) {
    const e = this.render();
    this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(t), this._$Do = Bt(e, this.renderRoot, this.renderOptions);
  }
  connectedCallback() {
    super.connectedCallback(), this._$Do?.setConnected(!0);
  }
  disconnectedCallback() {
    super.disconnectedCallback(), this._$Do?.setConnected(!1);
  }
  render() {
    return x;
  }
};
T._$litElement$ = !0, T.finalized = !0, Z.litElementHydrateSupport?.({ LitElement: T });
const Wt = Z.litElementPolyfillSupport;
Wt?.({ LitElement: T });
(Z.litElementVersions ??= []).push("4.2.2");
const It = { CHILD: 2 }, Vt = (r) => (...t) => ({ _$litDirective$: r, values: t });
let Ft = class {
  constructor(t) {
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AT(t, e, s) {
    this._$Ct = t, this._$AM = e, this._$Ci = s;
  }
  _$AS(t, e) {
    return this.update(t, e);
  }
  update(t, e) {
    return this.render(...e);
  }
};
const { I: Kt } = jt, at = (r) => r, lt = () => document.createComment(""), U = (r, t, e) => {
  const s = r._$AA.parentNode, i = t === void 0 ? r._$AB : t._$AA;
  if (e === void 0) {
    const n = s.insertBefore(lt(), i), o = s.insertBefore(lt(), i);
    e = new Kt(n, o, r, r.options);
  } else {
    const n = e._$AB.nextSibling, o = e._$AM, c = o !== r;
    if (c) {
      let l;
      e._$AQ?.(r), e._$AM = r, e._$AP !== void 0 && (l = r._$AU) !== o._$AU && e._$AP(l);
    }
    if (n !== i || c) {
      let l = e._$AA;
      for (; l !== n; ) {
        const p = at(l).nextSibling;
        at(s).insertBefore(l, i), l = p;
      }
    }
  }
  return e;
}, _ = (r, t, e = r) => (r._$AI(t, e), r), Zt = {}, Jt = (r, t = Zt) => r._$AH = t, Qt = (r) => r._$AH, B = (r) => {
  r._$AR(), r._$AA.remove();
};
const ht = (r, t, e) => {
  const s = /* @__PURE__ */ new Map();
  for (let i = t; i <= e; i++) s.set(r[i], i);
  return s;
}, Gt = Vt(class extends Ft {
  constructor(r) {
    if (super(r), r.type !== It.CHILD) throw Error("repeat() can only be used in text expressions");
  }
  dt(r, t, e) {
    let s;
    e === void 0 ? e = t : t !== void 0 && (s = t);
    const i = [], n = [];
    let o = 0;
    for (const c of r) i[o] = s ? s(c, o) : o, n[o] = e(c, o), o++;
    return { values: n, keys: i };
  }
  render(r, t, e) {
    return this.dt(r, t, e).values;
  }
  update(r, [t, e, s]) {
    const i = Qt(r), { values: n, keys: o } = this.dt(t, e, s);
    if (!Array.isArray(i)) return this.ut = o, n;
    const c = this.ut ??= [], l = [];
    let p, $, h = 0, f = i.length - 1, d = 0, g = n.length - 1;
    for (; h <= f && d <= g; ) if (i[h] === null) h++;
    else if (i[f] === null) f--;
    else if (c[h] === o[d]) l[d] = _(i[h], n[d]), h++, d++;
    else if (c[f] === o[g]) l[g] = _(i[f], n[g]), f--, g--;
    else if (c[h] === o[g]) l[g] = _(i[h], n[g]), U(r, l[g + 1], i[h]), h++, g--;
    else if (c[f] === o[d]) l[d] = _(i[f], n[d]), U(r, i[h], i[f]), f--, d++;
    else if (p === void 0 && (p = ht(o, d, g), $ = ht(c, h, f)), p.has(c[h])) if (p.has(c[f])) {
      const b = $.get(o[d]), j = b !== void 0 ? i[b] : null;
      if (j === null) {
        const J = U(r, i[h]);
        _(J, n[d]), l[d] = J;
      } else l[d] = _(j, n[d]), U(r, i[h], j), i[b] = null;
      d++;
    } else B(i[f]), f--;
    else B(i[h]), h++;
    for (; d <= g; ) {
      const b = U(r, l[g + 1]);
      _(b, n[d]), l[d++] = b;
    }
    for (; h <= f; ) {
      const b = i[h++];
      b !== null && B(b);
    }
    return this.ut = o, Jt(r, l), x;
  }
}), a = {
  open: "Poser une question",
  close: "Fermer l'assistant",
  shut: "Fermer",
  shutWhat: "l'assistant",
  title: "Assistant des appels à candidatures",
  log: "Conversation",
  you: "Vous",
  assistant: "Assistant",
  question: "Votre question",
  help: "Entrée envoie, Maj + Entrée passe à la ligne. 1 000 caractères au plus.",
  send: "Envoyer",
  writing: "L'assistant rédige sa réponse…",
  slow: "La réponse tarde ; merci de patienter.",
  sources: "Sources",
  published: "publié le",
  checked: "vérifié le",
  document: "consulter le document",
  choices: "Réponses proposées",
  downloads: "Documents à télécharger",
  choose: "Choisir dans la liste",
  confirm: "Valider",
  useful: "Cette réponse vous est-elle utile ?",
  yes: "Oui",
  no: "Non",
  why: "Qu'est-ce qui manque ?",
  sendWhy: "Envoyer ce commentaire",
  thanks: "Merci, votre avis est noté.",
  menu: "Cette conversation",
  restart: "Recommencer",
  restarted: "Nouvelle conversation. La précédente reste affichée au-dessus.",
  copy: "Copier",
  copied: "Conversation copiée.",
  save: "Télécharger",
  person: "Parler à une personne",
  masked: "Des données personnelles ont été masquées dans votre message avant qu'il soit lu ou gardé.",
  retry: "Réessayer",
  empty: "Écrivez votre question avant de l'envoyer.",
  long: "Votre question dépasse 1 000 caractères.",
  offline: "La connexion est coupée. Votre question n'est pas perdue : réessayez quand elle sera revenue.",
  down: "L'assistant est indisponible pour le moment. Réessayez dans quelques minutes.",
  expired: "La conversation avait expiré : une autre s'est ouverte, et votre question y a été posée.",
  newWindow: "nouvelle fenêtre",
  page: "Ouvrir en pleine page",
  opened: "Assistant ouvert.",
  situations: {
    upcoming: "pas encore ouvert",
    open: "ouvert",
    closing_soon: "ouvert, clôture proche",
    closed: "clos",
    no_deadline_stated: "sans date limite indiquée",
    permanent: "ouvert en permanence",
    ended_by_programme: "programme terminé",
    not_a_call: "ce n'est pas un appel"
  }
};
function ct(r) {
  const t = /^(\d{4})-(\d{2})-(\d{2})$/.exec(r);
  if (!t) return r;
  const s = new Date(Date.UTC(Number(t[1]), Number(t[2]) - 1, Number(t[3]))).toLocaleDateString("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${Number(t[3]) === 1 ? "1er" : Number(t[3])} ${s}`;
}
const Xt = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
function dt(r) {
  const t = [];
  for (const e of r.split(`
`)) {
    if (!e.trim()) continue;
    const s = /^[•–]\s/.test(e.trim()), i = t[t.length - 1], n = s ? e.trim().replace(/^[•–]\s*/, "") : e;
    s && i?.list ? i.lines.push(n) : t.push({ list: s, lines: [n] });
  }
  return m`${t.map(
    (e) => e.list ? m`<ul>${e.lines.map((s) => m`<li>${ut(s)}</li>`)}</ul>` : m`<p>${ut(e.lines[0])}</p>`
  )}`;
}
function ut(r) {
  const t = [];
  let e = 0;
  for (const s of r.matchAll(Xt)) {
    const i = s[0];
    t.push(r.slice(e, s.index)), t.push(m`<a href=${i.startsWith("http") ? i : `mailto:${i}`}>${i}</a>`), e = s.index + i.length;
  }
  return t.push(r.slice(e)), t;
}
function Yt(r) {
  const t = r.call?.situation ? a.situations[r.call.situation] : void 0, e = r.call?.title ? r.text.includes(r.call.title) : !0;
  return t && !e ? m`<p class="call"><span>${r.call.title}</span> <strong>${t}</strong></p>` : u;
}
function te(r) {
  return r.length ? m`<details class="sources">
    <summary>${a.sources}</summary>
    <ul>
      ${r.map((t) => m`<li>${ee(t)}</li>`)}
    </ul>
  </details>` : u;
}
function ee(r) {
  const t = [r.publisher ? `${r.title} (${r.publisher})` : r.title, r.section];
  r.published_on && t.push(`${a.published} ${ct(r.published_on)}`), r.checked_on && t.push(`${a.checked} ${ct(r.checked_on)}`);
  const e = t.filter(Boolean).join(" ; ");
  return r.url?.startsWith("https://") ? m`${e} ; <a href=${r.url} target="_blank" rel="noopener">${a.document}<span class="hidden"> : ${r.title}</span> (${a.newWindow})</a>` : e;
}
function se(r, t) {
  const e = r.downloads.filter((s) => s.url.startsWith("/"));
  return e.length ? m`<ul class="downloads" aria-label=${a.downloads}>
    ${e.map((s) => m`<li><a href=${t(s.url)} download>${s.label}</a></li>`)}
  </ul>` : u;
}
class M extends Error {
  constructor(t, e, s = 0) {
    super(e), this.kind = t, this.retryAfter = s;
  }
}
const ie = 3e4;
class re {
  constructor(t, e) {
    this.server = t, this.context = e, this.token = null, this.opening = null;
  }
  /** Opens a conversation if none is; returns its notice, or null when one was open. */
  async open() {
    if (this.token) return null;
    this.opening ??= this.post("/api/sessions", this.context).finally(() => this.opening = null);
    const t = await this.opening;
    return this.token = t.token, t.notice;
  }
  /** `request` names the request: sent again under the same name, it is answered once. */
  async ask(t, e) {
    const s = await this.post("/api/messages", { ...t, request: e });
    return { messages: s.messages, masked: !!s.masked };
  }
  async feedback(t) {
    await this.post("/api/feedback", t);
  }
  /** The next message opens another conversation. */
  forget() {
    this.token = null;
  }
  address(t) {
    return this.server + t;
  }
  async post(t, e) {
    const s = { "Content-Type": "application/json" };
    this.token && (s.Authorization = `Bearer ${this.token}`);
    let i;
    try {
      i = await fetch(this.server + t, {
        method: "POST",
        headers: s,
        body: JSON.stringify(e),
        // No cookie goes either way: the token is all that there is.
        credentials: "omit",
        signal: AbortSignal.timeout(ie)
      });
    } catch {
      throw new M("offline", "");
    }
    if (i.ok) return i.status === 204 ? null : i.json();
    const n = await i.json().catch(() => ({})), o = typeof n.detail == "string" ? n.detail : "";
    throw i.status === 401 ? (this.token = null, new M("expired", o)) : i.status >= 500 ? new M("down", o) : new M("refused", o, Number(i.headers.get("Retry-After")) || 0);
  }
}
const pt = mt`
    --action: #9ccaf5;
    --on-action: #0b1a29;
    --text: #f2f2f2;
    --soft: #cfd4da;
    --background: #16202b;
    --alternative: #223140;
    --border: #9aa5b1;
    --alert: #ffb3b3;
    color-scheme: dark;
`, ne = mt`
  :host {
    --action: #1f4e79;
    --on-action: #fff;
    --text: #1c1c1c;
    --soft: #4a4a4a;
    --background: #fff;
    --alternative: #eef3f8;
    --border: #6b7480;
    --alert: #a01414;
    --font: system-ui, "Segoe UI", Roboto, Arial, sans-serif;
    /* Against the rules of the page, which win over ours unless these are important. */
    all: initial !important;
    display: block !important;
    font-family: var(--font) !important;
    /* The person's own size, but never the ten pixels of pages that set their root at 62.5 %. */
    font-size: max(1rem, 16px) !important;
    line-height: 1.5 !important;
    color: var(--text) !important;
  }
  :host([theme="dark"]) {
    ${pt}
  }
  :host([theme="host"]) {
    --action: var(--background-action-high-blue-france, #1f4e79);
    --on-action: var(--text-inverted-blue-france, #fff);
    --text: var(--text-default-grey, #1c1c1c);
    --soft: var(--text-mention-grey, #4a4a4a);
    --background: var(--background-default-grey, #fff);
    --alternative: var(--background-alt-blue-france, #eef3f8);
    --border: var(--border-plain-grey, #6b7480);
    --alert: var(--text-default-error, #a01414);
    --font: inherit;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme])) {
      ${pt}
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
  :host([position="left"]) .launcher,
  :host([position="left"]) section {
    right: auto;
    left: 1rem;
  }
  section {
    position: fixed;
    right: 1rem;
    bottom: 4.75rem;
    z-index: 2147483000;
    display: flex;
    flex-direction: column;
    width: min(26rem, calc(100vw - 2rem));
    height: min(40rem, calc(100vh - 6rem));
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    box-shadow: 0 4px 24px #0005;
    overflow: hidden;
  }
  header {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 0.5rem;
    padding: 0.5rem 0.75rem;
    background: var(--alternative);
  }
  h2 {
    margin: 0;
    font-size: 1.05em;
    line-height: 1.3;
  }
  .log {
    flex: 1 1 auto;
    min-height: 6rem;
    overflow-y: auto;
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
  .list {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin: 0.4rem 0;
  }
  .list label {
    flex-basis: 100%;
  }
  select {
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
  @media (max-width: 30rem), (max-height: 28rem) {
    section,
    :host([position="left"]) section {
      inset: 0;
      width: 100%;
      height: 100%;
      border: 0;
      border-radius: 0;
      overflow-y: auto;
    }
    .log {
      overflow: visible;
      flex: 1 0 auto;
    }
    :host([opened]) .launcher {
      display: none;
    }
  }
  @media (forced-colors: active) {
    button,
    section,
    .message {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    section {
      animation: appear 0.15s ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
`, oe = 1e3, ae = 6e3;
function le() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (r) => r.toString(16).padStart(2, "0")).join("");
}
class he extends T {
  constructor() {
    super(), this.api = null, this.busy = !1, this.number = 0, this.again = async () => {
      !this.pending || this.busy || (this.fault = null, await this.deliver(this.pending));
    }, this.onSubmit = async (t) => {
      t.preventDefault();
      const e = this.find("#question"), s = e.value.trim();
      if (this.busy) return;
      const i = s ? [...s].length > oe ? a.long : "" : a.empty;
      if (i) {
        this.fault = { text: i, again: !1, field: !0 }, e.focus();
        return;
      }
      e.value = "", await this.send({ text: s }, s);
    }, this.onTyping = (t) => {
      t.key === "Enter" && !t.shiftKey && !t.isComposing && (t.preventDefault(), this.find("form.ask").requestSubmit());
    }, this.onKey = (t) => {
      t.key === "Escape" && (t.stopPropagation(), this.close());
    }, this.person = () => {
      this.send({ text: a.person }, a.person);
    }, this.restart = async () => {
      this.busy || (this.client().forget(), this.pending = null, this.fault = null, this.status = a.restarted, this.find("#question")?.focus());
    }, this.copy = async () => {
      await navigator.clipboard.writeText(this.transcript()), this.status = a.copied;
    }, this.save = () => {
      const t = document.createElement("a");
      t.href = URL.createObjectURL(new Blob([this.transcript()], { type: "text/plain;charset=utf-8" })), t.download = "conversation.txt", t.click(), setTimeout(() => URL.revokeObjectURL(t.href), 1e3);
    }, this.server = "", this.call = "", this.region = "", this.opened = !1, this.messages = [], this.status = "", this.fault = null, this.pending = null;
  }
  static {
    this.styles = ne;
  }
  static {
    this.properties = {
      server: { type: String },
      call: { type: String },
      region: { type: String },
      theme: { type: String, reflect: !0 },
      position: { type: String, reflect: !0 },
      opened: { type: Boolean, reflect: !0 },
      messages: { state: !0 },
      status: { state: !0 },
      fault: { state: !0 },
      pending: { state: !0 }
    };
  }
  connectedCallback() {
    super.connectedCallback(), this.server || (this.server = new URL(import.meta.url).origin), this.server = this.server.replace(/\/+$/, "");
  }
  /** Opens the panel and puts the focus in the question. */
  open() {
    this.opened || (this.opened = !0, this.tell("ars-open"), this.updateComplete.then(() => this.find("textarea")?.focus()), this.greet());
  }
  /** Closes the panel; the conversation stays. */
  close() {
    this.opened && (this.opened = !1, this.tell("ars-close"), this.updateComplete.then(() => this.find(".launcher")?.focus()));
  }
  /** Asks a question, as if it had been typed. */
  async ask(t) {
    this.open(), await this.send({ text: t }, t);
  }
  render() {
    return m`<div role="region" aria-label=${a.assistant} lang="fr">
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => this.opened ? this.close() : this.open()}
      >
        ${this.opened ? a.close : a.open}
      </button>
      <section id="panel" aria-labelledby="title" ?hidden=${!this.opened} @keydown=${this.onKey}>
        <header>
          <h2 id="title">${a.title}</h2>
          <button class="close" type="button" @click=${() => this.close()}>
            ${a.shut}<span class="hidden"> ${a.shutWhat}</span>
          </button>
        </header>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${a.log} tabindex="0">
          <ol>
            ${Gt(
      this.messages,
      (t) => t.id,
      (t) => this.message(t)
    )}
          </ol>
        </div>
        <p role="status">${this.status}</p>
        <div role="alert">${this.fault ? this.error() : u}</div>
        <form class="ask" @submit=${this.onSubmit} novalidate>
          <label for="question">${a.question}</label>
          <textarea
            id="question"
            rows="2"
            aria-describedby=${this.fault?.field ? "help fault" : "help"}
            aria-invalid=${this.fault?.field ? "true" : u}
            @keydown=${this.onTyping}
          ></textarea>
          <div class="send">
            <p class="help" id="help">${a.help}</p>
            <button class="main" aria-disabled=${this.busy ? "true" : u}>${a.send}</button>
          </div>
          <details class="menu">
            <summary>${a.menu}</summary>
            <ul>
              <li><button type="button" @click=${this.person}>${a.person}</button></li>
              <li><button type="button" @click=${this.restart}>${a.restart}</button></li>
              <li><button type="button" @click=${this.copy}>${a.copy}</button></li>
              <li><button type="button" @click=${this.save}>${a.save}</button></li>
              <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${a.page} (${a.newWindow})</a></li>
            </ul>
          </details>
        </form>
      </section>
    </div>`;
  }
  updated(t) {
    if (t.has("messages")) {
      const e = this.renderRoot.querySelectorAll(".log > ol > li");
      e[e.length - 1]?.scrollIntoView({ block: "nearest" });
    }
  }
  message(t) {
    if (t.from === "person")
      return m`<li class="message person"><p class="author">${a.you}</p>${t.text}</li>`;
    if (!t.answer)
      return m`<li class="message assistant notice"><p class="author">${a.assistant}</p>${dt(t.text)}</li>`;
    const e = t.answer;
    return m`<li class="message assistant">
      <p class="author">${a.assistant}</p>
      ${Yt(e)} ${dt(e.text)} ${te(e.sources)}
      ${se(e, (s) => this.server + s)}
      ${this.list(t)}
      ${e.buttons.length ? m`<ul class="choices" aria-label=${a.choices}>
            ${e.buttons.map(
      (s) => m`<li><button type="button" @click=${() => this.send({ button: s.id }, s.label)}>${s.label}</button></li>`
    )}
          </ul>` : u}
      ${this.opinion(t)}
    </li>`;
  }
  /** A long list is chosen from while it is the last thing said: afterwards its question is no longer asked. */
  list(t) {
    const e = t.answer.choices;
    if (!e.length || t !== this.messages[this.messages.length - 1]) return u;
    const s = `list-${t.id}`;
    return m`<form class="list" @submit=${(i) => this.onList(i, t)}>
      <label for=${s}>${a.choose}</label>
      <select id=${s}>
        ${e.map((i) => m`<option value=${i.id}>${i.label}</option>`)}
      </select>
      <button>${a.confirm}</button>
    </form>`;
  }
  onList(t, e) {
    t.preventDefault();
    const s = t.target.querySelector("select"), i = e.answer.choices.find((n) => n.id === s.value);
    i && this.send({ button: i.id }, i.label).then(() => this.find("#question")?.focus());
  }
  opinion(t) {
    if (t.opinion === "given") return u;
    if (t.opinion === "why") {
      const e = `why-${t.id}`;
      return m`<form class="feedback" @submit=${(s) => this.onWhy(s, t)}>
        <label for=${e}>${a.why}</label>
        <textarea id=${e} rows="2" maxlength="500"></textarea>
        <button>${a.sendWhy}</button>
      </form>`;
    }
    return m`<fieldset class="feedback">
      <legend>${a.useful}</legend>
      <button type="button" @click=${() => this.judge(t, !0)}>${a.yes}</button>
      <button type="button" @click=${() => this.judge(t, !1)}>${a.no}</button>
    </fieldset>`;
  }
  error() {
    return m`<div class="error" id="fault">
      <p>${this.fault.text}</p>
      ${this.fault.again ? m`<button type="button" @click=${this.again}>${a.retry}</button>` : u}
    </div>`;
  }
  async greet() {
    if (!this.messages.length)
      try {
        const t = await this.client().open();
        this.say(t);
      } catch (t) {
        this.show(t);
      }
  }
  async send(t, e) {
    this.busy || (this.fault = null, this.add({ from: "person", text: e }), this.tell("ars-ask"), await this.deliver({ asked: t, request: le() }));
  }
  /** Sends what is pending; the same request, sent again, is answered once only by the server. */
  async deliver(t) {
    this.busy = !0, this.pending = t, this.status = a.writing;
    const e = setTimeout(() => this.status = a.slow, ae);
    try {
      const s = await this.client().open();
      this.say(s);
      const i = await this.client().ask(t.asked, t.request);
      this.pending = null, this.status = "", i.masked && this.add({ from: "notice", text: a.masked });
      for (const n of i.messages) this.add({ from: "assistant", text: n.text, answer: n, opinion: "asked" });
      this.tell("ars-answer");
    } catch (s) {
      this.status = "", await this.recover(s, t);
    } finally {
      clearTimeout(e), this.busy = !1, this.requestUpdate();
    }
  }
  async recover(t, e) {
    if (t.kind === "expired" && "text" in e.asked && this.status !== a.expired) {
      this.status = a.expired, this.busy = !1, await this.deliver(e);
      return;
    }
    this.show(t);
  }
  show(t) {
    const e = { offline: a.offline, down: t.message || a.down, expired: t.message, refused: t.message }, s = t.kind === "offline" || t.kind === "down" || t.retryAfter > 0;
    this.fault = { text: e[t.kind] || a.down, again: s && this.pending !== null, field: !1 }, this.tell("ars-error");
  }
  async judge(t, e, s) {
    const i = !e && s === void 0;
    this.change(t.id, { opinion: i ? "why" : "given" });
    const n = t.answer;
    try {
      await this.client().feedback({ useful: e, why: s || void 0, topic: n.topic, call: n.call?.id ?? null }), i || (this.status = a.thanks);
    } catch {
    }
    await this.updateComplete, this.find(i ? `#why-${t.id}` : "#question")?.focus();
  }
  onWhy(t, e) {
    t.preventDefault();
    const s = t.target.querySelector("textarea");
    this.judge(e, !1, s.value.trim());
  }
  transcript() {
    const t = { person: a.you, assistant: a.assistant, notice: a.assistant };
    return this.messages.map((e) => `${t[e.from]} :
${e.text}
`).join(`
`);
  }
  /** Shows the notice of a conversation once. */
  say(t) {
    t && !this.messages.some((e) => e.text === t) && this.add({ from: "notice", text: t });
  }
  client() {
    const t = {};
    return this.call && (t.call = this.call), this.region && (t.region = this.region), this.api ??= new re(this.server, t);
  }
  add(t) {
    this.messages = [...this.messages, { ...t, id: ++this.number }];
  }
  change(t, e) {
    this.messages = this.messages.map((s) => s.id === t ? { ...s, ...e } : s);
  }
  find(t) {
    return this.renderRoot.querySelector(t);
  }
  tell(t) {
    this.dispatchEvent(new CustomEvent(t, { bubbles: !0, composed: !0 }));
  }
}
customElements.get("ars-assistant") || customElements.define("ars-assistant", he);
export {
  he as ArsAssistant
};
