/* sources 5f88168dbe4d010c075e381cf227f570c3b4fe8afd7a21f20fe6b6e1de2d8b6c */
const O = globalThis, V = O.ShadowRoot && (O.ShadyCSS === void 0 || O.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, F = /* @__PURE__ */ Symbol(), J = /* @__PURE__ */ new WeakMap();
let mt = class {
  constructor(t, e, s) {
    if (this._$cssResult$ = !0, s !== F) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
    this.cssText = t, this.t = e;
  }
  get styleSheet() {
    let t = this.o;
    const e = this.t;
    if (V && t === void 0) {
      const s = e !== void 0 && e.length === 1;
      s && (t = J.get(e)), t === void 0 && ((this.o = t = new CSSStyleSheet()).replaceSync(this.cssText), s && J.set(e, t));
    }
    return t;
  }
  toString() {
    return this.cssText;
  }
};
const _t = (i) => new mt(typeof i == "string" ? i : i + "", void 0, F), $t = (i, ...t) => {
  const e = i.length === 1 ? i[0] : t.reduce((s, n, r) => s + ((o) => {
    if (o._$cssResult$ === !0) return o.cssText;
    if (typeof o == "number") return o;
    throw Error("Value passed to 'css' function must be a 'css' function result: " + o + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
  })(n) + i[r + 1], i[0]);
  return new mt(e, i, F);
}, At = (i, t) => {
  if (V) i.adoptedStyleSheets = t.map((e) => e instanceof CSSStyleSheet ? e : e.styleSheet);
  else for (const e of t) {
    const s = document.createElement("style"), n = O.litNonce;
    n !== void 0 && s.setAttribute("nonce", n), s.textContent = e.cssText, i.appendChild(s);
  }
}, X = V ? (i) => i : (i) => i instanceof CSSStyleSheet ? ((t) => {
  let e = "";
  for (const s of t.cssRules) e += s.cssText;
  return _t(e);
})(i) : i;
const { is: kt, defineProperty: Et, getOwnPropertyDescriptor: St, getOwnPropertyNames: Ct, getOwnPropertySymbols: Tt, getPrototypeOf: Pt } = Object, D = globalThis, tt = D.trustedTypes, Ut = tt ? tt.emptyScript : "", Nt = D.reactiveElementPolyfillSupport, T = (i, t) => i, B = { toAttribute(i, t) {
  switch (t) {
    case Boolean:
      i = i ? Ut : null;
      break;
    case Object:
    case Array:
      i = i == null ? i : JSON.stringify(i);
  }
  return i;
}, fromAttribute(i, t) {
  let e = i;
  switch (t) {
    case Boolean:
      e = i !== null;
      break;
    case Number:
      e = i === null ? null : Number(i);
      break;
    case Object:
    case Array:
      try {
        e = JSON.parse(i);
      } catch {
        e = null;
      }
  }
  return e;
} }, gt = (i, t) => !kt(i, t), et = { attribute: !0, type: String, converter: B, reflect: !1, useDefault: !1, hasChanged: gt };
Symbol.metadata ??= /* @__PURE__ */ Symbol("metadata"), D.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
let A = class extends HTMLElement {
  static addInitializer(t) {
    this._$Ei(), (this.l ??= []).push(t);
  }
  static get observedAttributes() {
    return this.finalize(), this._$Eh && [...this._$Eh.keys()];
  }
  static createProperty(t, e = et) {
    if (e.state && (e.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(t) && ((e = Object.create(e)).wrapped = !0), this.elementProperties.set(t, e), !e.noAccessor) {
      const s = /* @__PURE__ */ Symbol(), n = this.getPropertyDescriptor(t, s, e);
      n !== void 0 && Et(this.prototype, t, n);
    }
  }
  static getPropertyDescriptor(t, e, s) {
    const { get: n, set: r } = St(this.prototype, t) ?? { get() {
      return this[e];
    }, set(o) {
      this[e] = o;
    } };
    return { get: n, set(o) {
      const h = n?.call(this);
      r?.call(this, o), this.requestUpdate(t, h, s);
    }, configurable: !0, enumerable: !0 };
  }
  static getPropertyOptions(t) {
    return this.elementProperties.get(t) ?? et;
  }
  static _$Ei() {
    if (this.hasOwnProperty(T("elementProperties"))) return;
    const t = Pt(this);
    t.finalize(), t.l !== void 0 && (this.l = [...t.l]), this.elementProperties = new Map(t.elementProperties);
  }
  static finalize() {
    if (this.hasOwnProperty(T("finalized"))) return;
    if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(T("properties"))) {
      const e = this.properties, s = [...Ct(e), ...Tt(e)];
      for (const n of s) this.createProperty(n, e[n]);
    }
    const t = this[Symbol.metadata];
    if (t !== null) {
      const e = litPropertyMetadata.get(t);
      if (e !== void 0) for (const [s, n] of e) this.elementProperties.set(s, n);
    }
    this._$Eh = /* @__PURE__ */ new Map();
    for (const [e, s] of this.elementProperties) {
      const n = this._$Eu(e, s);
      n !== void 0 && this._$Eh.set(n, e);
    }
    this.elementStyles = this.finalizeStyles(this.styles);
  }
  static finalizeStyles(t) {
    const e = [];
    if (Array.isArray(t)) {
      const s = new Set(t.flat(1 / 0).reverse());
      for (const n of s) e.unshift(X(n));
    } else t !== void 0 && e.push(X(t));
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
    const s = this.constructor.elementProperties.get(t), n = this.constructor._$Eu(t, s);
    if (n !== void 0 && s.reflect === !0) {
      const r = (s.converter?.toAttribute !== void 0 ? s.converter : B).toAttribute(e, s.type);
      this._$Em = t, r == null ? this.removeAttribute(n) : this.setAttribute(n, r), this._$Em = null;
    }
  }
  _$AK(t, e) {
    const s = this.constructor, n = s._$Eh.get(t);
    if (n !== void 0 && this._$Em !== n) {
      const r = s.getPropertyOptions(n), o = typeof r.converter == "function" ? { fromAttribute: r.converter } : r.converter?.fromAttribute !== void 0 ? r.converter : B;
      this._$Em = n;
      const h = o.fromAttribute(e, r.type);
      this[n] = h ?? this._$Ej?.get(n) ?? h, this._$Em = null;
    }
  }
  requestUpdate(t, e, s, n = !1, r) {
    if (t !== void 0) {
      const o = this.constructor;
      if (n === !1 && (r = this[t]), s ??= o.getPropertyOptions(t), !((s.hasChanged ?? gt)(r, e) || s.useDefault && s.reflect && r === this._$Ej?.get(t) && !this.hasAttribute(o._$Eu(t, s)))) return;
      this.C(t, e, s);
    }
    this.isUpdatePending === !1 && (this._$ES = this._$EP());
  }
  C(t, e, { useDefault: s, reflect: n, wrapped: r }, o) {
    s && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(t) && (this._$Ej.set(t, o ?? e ?? this[t]), r !== !0 || o !== void 0) || (this._$AL.has(t) || (this.hasUpdated || s || (e = void 0), this._$AL.set(t, e)), n === !0 && this._$Em !== t && (this._$Eq ??= /* @__PURE__ */ new Set()).add(t));
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
        for (const [n, r] of this._$Ep) this[n] = r;
        this._$Ep = void 0;
      }
      const s = this.constructor.elementProperties;
      if (s.size > 0) for (const [n, r] of s) {
        const { wrapped: o } = r, h = this[n];
        o !== !0 || this._$AL.has(n) || h === void 0 || this.C(n, void 0, r, h);
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
A.elementStyles = [], A.shadowRootOptions = { mode: "open" }, A[T("elementProperties")] = /* @__PURE__ */ new Map(), A[T("finalized")] = /* @__PURE__ */ new Map(), Nt?.({ ReactiveElement: A }), (D.reactiveElementVersions ??= []).push("2.1.2");
const K = globalThis, st = (i) => i, M = K.trustedTypes, it = M ? M.createPolicy("lit-html", { createHTML: (i) => i }) : void 0, bt = "$lit$", b = `lit$${Math.random().toFixed(9).slice(2)}$`, yt = "?" + b, Rt = `<${yt}>`, x = document, U = () => x.createComment(""), N = (i) => i === null || typeof i != "object" && typeof i != "function", Y = Array.isArray, qt = (i) => Y(i) || typeof i?.[Symbol.iterator] == "function", j = `[ 	
\f\r]`, S = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, nt = /-->/g, rt = />/g, y = RegExp(`>|${j}(?:([^\\s"'>=/]+)(${j}*=${j}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`, "g"), ot = /'/g, at = /"/g, vt = /^(?:script|style|textarea|title)$/i, Ot = (i) => (t, ...e) => ({ _$litType$: i, strings: t, values: e }), c = Ot(1), _ = /* @__PURE__ */ Symbol.for("lit-noChange"), d = /* @__PURE__ */ Symbol.for("lit-nothing"), lt = /* @__PURE__ */ new WeakMap(), w = x.createTreeWalker(x, 129);
function wt(i, t) {
  if (!Y(i) || !i.hasOwnProperty("raw")) throw Error("invalid template strings array");
  return it !== void 0 ? it.createHTML(t) : t;
}
const Mt = (i, t) => {
  const e = i.length - 1, s = [];
  let n, r = t === 2 ? "<svg>" : t === 3 ? "<math>" : "", o = S;
  for (let h = 0; h < e; h++) {
    const a = i[h];
    let p, m, l = -1, f = 0;
    for (; f < a.length && (o.lastIndex = f, m = o.exec(a), m !== null); ) f = o.lastIndex, o === S ? m[1] === "!--" ? o = nt : m[1] !== void 0 ? o = rt : m[2] !== void 0 ? (vt.test(m[2]) && (n = RegExp("</" + m[2], "g")), o = y) : m[3] !== void 0 && (o = y) : o === y ? m[0] === ">" ? (o = n ?? S, l = -1) : m[1] === void 0 ? l = -2 : (l = o.lastIndex - m[2].length, p = m[1], o = m[3] === void 0 ? y : m[3] === '"' ? at : ot) : o === at || o === ot ? o = y : o === nt || o === rt ? o = S : (o = y, n = void 0);
    const u = o === y && i[h + 1].startsWith("/>") ? " " : "";
    r += o === S ? a + Rt : l >= 0 ? (s.push(p), a.slice(0, l) + bt + a.slice(l) + b + u) : a + b + (l === -2 ? h : u);
  }
  return [wt(i, r + (i[e] || "<?>") + (t === 2 ? "</svg>" : t === 3 ? "</math>" : "")), s];
};
class R {
  constructor({ strings: t, _$litType$: e }, s) {
    let n;
    this.parts = [];
    let r = 0, o = 0;
    const h = t.length - 1, a = this.parts, [p, m] = Mt(t, e);
    if (this.el = R.createElement(p, s), w.currentNode = this.el.content, e === 2 || e === 3) {
      const l = this.el.content.firstChild;
      l.replaceWith(...l.childNodes);
    }
    for (; (n = w.nextNode()) !== null && a.length < h; ) {
      if (n.nodeType === 1) {
        if (n.hasAttributes()) for (const l of n.getAttributeNames()) if (l.endsWith(bt)) {
          const f = m[o++], u = n.getAttribute(l).split(b), $ = /([.?@])?(.*)/.exec(f);
          a.push({ type: 1, index: r, name: $[2], strings: u, ctor: $[1] === "." ? Ht : $[1] === "?" ? Lt : $[1] === "@" ? jt : H }), n.removeAttribute(l);
        } else l.startsWith(b) && (a.push({ type: 6, index: r }), n.removeAttribute(l));
        if (vt.test(n.tagName)) {
          const l = n.textContent.split(b), f = l.length - 1;
          if (f > 0) {
            n.textContent = M ? M.emptyScript : "";
            for (let u = 0; u < f; u++) n.append(l[u], U()), w.nextNode(), a.push({ type: 2, index: ++r });
            n.append(l[f], U());
          }
        }
      } else if (n.nodeType === 8) if (n.data === yt) a.push({ type: 2, index: r });
      else {
        let l = -1;
        for (; (l = n.data.indexOf(b, l + 1)) !== -1; ) a.push({ type: 7, index: r }), l += b.length - 1;
      }
      r++;
    }
  }
  static createElement(t, e) {
    const s = x.createElement("template");
    return s.innerHTML = t, s;
  }
}
function k(i, t, e = i, s) {
  if (t === _) return t;
  let n = s !== void 0 ? e._$Co?.[s] : e._$Cl;
  const r = N(t) ? void 0 : t._$litDirective$;
  return n?.constructor !== r && (n?._$AO?.(!1), r === void 0 ? n = void 0 : (n = new r(i), n._$AT(i, e, s)), s !== void 0 ? (e._$Co ??= [])[s] = n : e._$Cl = n), n !== void 0 && (t = k(i, n._$AS(i, t.values), n, s)), t;
}
class Dt {
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
    const { el: { content: e }, parts: s } = this._$AD, n = (t?.creationScope ?? x).importNode(e, !0);
    w.currentNode = n;
    let r = w.nextNode(), o = 0, h = 0, a = s[0];
    for (; a !== void 0; ) {
      if (o === a.index) {
        let p;
        a.type === 2 ? p = new E(r, r.nextSibling, this, t) : a.type === 1 ? p = new a.ctor(r, a.name, a.strings, this, t) : a.type === 6 && (p = new zt(r, this, t)), this._$AV.push(p), a = s[++h];
      }
      o !== a?.index && (r = w.nextNode(), o++);
    }
    return w.currentNode = x, n;
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
  constructor(t, e, s, n) {
    this.type = 2, this._$AH = d, this._$AN = void 0, this._$AA = t, this._$AB = e, this._$AM = s, this.options = n, this._$Cv = n?.isConnected ?? !0;
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
    t = k(this, t, e), N(t) ? t === d || t == null || t === "" ? (this._$AH !== d && this._$AR(), this._$AH = d) : t !== this._$AH && t !== _ && this._(t) : t._$litType$ !== void 0 ? this.$(t) : t.nodeType !== void 0 ? this.T(t) : qt(t) ? this.k(t) : this._(t);
  }
  O(t) {
    return this._$AA.parentNode.insertBefore(t, this._$AB);
  }
  T(t) {
    this._$AH !== t && (this._$AR(), this._$AH = this.O(t));
  }
  _(t) {
    this._$AH !== d && N(this._$AH) ? this._$AA.nextSibling.data = t : this.T(x.createTextNode(t)), this._$AH = t;
  }
  $(t) {
    const { values: e, _$litType$: s } = t, n = typeof s == "number" ? this._$AC(t) : (s.el === void 0 && (s.el = R.createElement(wt(s.h, s.h[0]), this.options)), s);
    if (this._$AH?._$AD === n) this._$AH.p(e);
    else {
      const r = new Dt(n, this), o = r.u(this.options);
      r.p(e), this.T(o), this._$AH = r;
    }
  }
  _$AC(t) {
    let e = lt.get(t.strings);
    return e === void 0 && lt.set(t.strings, e = new R(t)), e;
  }
  k(t) {
    Y(this._$AH) || (this._$AH = [], this._$AR());
    const e = this._$AH;
    let s, n = 0;
    for (const r of t) n === e.length ? e.push(s = new E(this.O(U()), this.O(U()), this, this.options)) : s = e[n], s._$AI(r), n++;
    n < e.length && (this._$AR(s && s._$AB.nextSibling, n), e.length = n);
  }
  _$AR(t = this._$AA.nextSibling, e) {
    for (this._$AP?.(!1, !0, e); t !== this._$AB; ) {
      const s = st(t).nextSibling;
      st(t).remove(), t = s;
    }
  }
  setConnected(t) {
    this._$AM === void 0 && (this._$Cv = t, this._$AP?.(t));
  }
}
class H {
  get tagName() {
    return this.element.tagName;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  constructor(t, e, s, n, r) {
    this.type = 1, this._$AH = d, this._$AN = void 0, this.element = t, this.name = e, this._$AM = n, this.options = r, s.length > 2 || s[0] !== "" || s[1] !== "" ? (this._$AH = Array(s.length - 1).fill(new String()), this.strings = s) : this._$AH = d;
  }
  _$AI(t, e = this, s, n) {
    const r = this.strings;
    let o = !1;
    if (r === void 0) t = k(this, t, e, 0), o = !N(t) || t !== this._$AH && t !== _, o && (this._$AH = t);
    else {
      const h = t;
      let a, p;
      for (t = r[0], a = 0; a < r.length - 1; a++) p = k(this, h[s + a], e, a), p === _ && (p = this._$AH[a]), o ||= !N(p) || p !== this._$AH[a], p === d ? t = d : t !== d && (t += (p ?? "") + r[a + 1]), this._$AH[a] = p;
    }
    o && !n && this.j(t);
  }
  j(t) {
    t === d ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, t ?? "");
  }
}
class Ht extends H {
  constructor() {
    super(...arguments), this.type = 3;
  }
  j(t) {
    this.element[this.name] = t === d ? void 0 : t;
  }
}
class Lt extends H {
  constructor() {
    super(...arguments), this.type = 4;
  }
  j(t) {
    this.element.toggleAttribute(this.name, !!t && t !== d);
  }
}
class jt extends H {
  constructor(t, e, s, n, r) {
    super(t, e, s, n, r), this.type = 5;
  }
  _$AI(t, e = this) {
    if ((t = k(this, t, e, 0) ?? d) === _) return;
    const s = this._$AH, n = t === d && s !== d || t.capture !== s.capture || t.once !== s.once || t.passive !== s.passive, r = t !== d && (s === d || n);
    n && this.element.removeEventListener(this.name, this, s), r && this.element.addEventListener(this.name, this, t), this._$AH = t;
  }
  handleEvent(t) {
    typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, t) : this._$AH.handleEvent(t);
  }
}
class zt {
  constructor(t, e, s) {
    this.element = t, this.type = 6, this._$AN = void 0, this._$AM = e, this.options = s;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AI(t) {
    k(this, t);
  }
}
const Wt = { I: E }, Bt = K.litHtmlPolyfillSupport;
Bt?.(R, E), (K.litHtmlVersions ??= []).push("3.3.3");
const It = (i, t, e) => {
  const s = e?.renderBefore ?? t;
  let n = s._$litPart$;
  if (n === void 0) {
    const r = e?.renderBefore ?? null;
    s._$litPart$ = n = new E(t.insertBefore(U(), r), r, void 0, e ?? {});
  }
  return n._$AI(i), n;
};
const G = globalThis;
let P = class extends A {
  constructor() {
    super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
  }
  createRenderRoot() {
    const t = super.createRenderRoot();
    return this.renderOptions.renderBefore ??= t.firstChild, t;
  }
  update(t) {
    const e = this.render();
    this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(t), this._$Do = It(e, this.renderRoot, this.renderOptions);
  }
  connectedCallback() {
    super.connectedCallback(), this._$Do?.setConnected(!0);
  }
  disconnectedCallback() {
    super.disconnectedCallback(), this._$Do?.setConnected(!1);
  }
  render() {
    return _;
  }
};
P._$litElement$ = !0, P.finalized = !0, G.litElementHydrateSupport?.({ LitElement: P });
const Vt = G.litElementPolyfillSupport;
Vt?.({ LitElement: P });
(G.litElementVersions ??= []).push("4.2.2");
const Ft = { CHILD: 2 }, Kt = (i) => (...t) => ({ _$litDirective$: i, values: t });
let Yt = class {
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
const { I: Gt } = Wt, ht = (i) => i, ct = () => document.createComment(""), C = (i, t, e) => {
  const s = i._$AA.parentNode, n = t === void 0 ? i._$AB : t._$AA;
  if (e === void 0) {
    const r = s.insertBefore(ct(), n), o = s.insertBefore(ct(), n);
    e = new Gt(r, o, i, i.options);
  } else {
    const r = e._$AB.nextSibling, o = e._$AM, h = o !== i;
    if (h) {
      let a;
      e._$AQ?.(i), e._$AM = i, e._$AP !== void 0 && (a = i._$AU) !== o._$AU && e._$AP(a);
    }
    if (r !== n || h) {
      let a = e._$AA;
      for (; a !== r; ) {
        const p = ht(a).nextSibling;
        ht(s).insertBefore(a, n), a = p;
      }
    }
  }
  return e;
}, v = (i, t, e = i) => (i._$AI(t, e), i), Qt = {}, Zt = (i, t = Qt) => i._$AH = t, Jt = (i) => i._$AH, z = (i) => {
  i._$AR(), i._$AA.remove();
};
const dt = (i, t, e) => {
  const s = /* @__PURE__ */ new Map();
  for (let n = t; n <= e; n++) s.set(i[n], n);
  return s;
}, Xt = Kt(class extends Yt {
  constructor(i) {
    if (super(i), i.type !== Ft.CHILD) throw Error("repeat() can only be used in text expressions");
  }
  dt(i, t, e) {
    let s;
    e === void 0 ? e = t : t !== void 0 && (s = t);
    const n = [], r = [];
    let o = 0;
    for (const h of i) n[o] = s ? s(h, o) : o, r[o] = e(h, o), o++;
    return { values: r, keys: n };
  }
  render(i, t, e) {
    return this.dt(i, t, e).values;
  }
  update(i, [t, e, s]) {
    const n = Jt(i), { values: r, keys: o } = this.dt(t, e, s);
    if (!Array.isArray(n)) return this.ut = o, r;
    const h = this.ut ??= [], a = [];
    let p, m, l = 0, f = n.length - 1, u = 0, $ = r.length - 1;
    for (; l <= f && u <= $; ) if (n[l] === null) l++;
    else if (n[f] === null) f--;
    else if (h[l] === o[u]) a[u] = v(n[l], r[u]), l++, u++;
    else if (h[f] === o[$]) a[$] = v(n[f], r[$]), f--, $--;
    else if (h[l] === o[$]) a[$] = v(n[l], r[$]), C(i, a[$ + 1], n[l]), l++, $--;
    else if (h[f] === o[u]) a[u] = v(n[f], r[u]), C(i, n[l], n[f]), f--, u++;
    else if (p === void 0 && (p = dt(o, u, $), m = dt(h, l, f)), p.has(h[l])) if (p.has(h[f])) {
      const g = m.get(o[u]), L = g !== void 0 ? n[g] : null;
      if (L === null) {
        const Z = C(i, n[l]);
        v(Z, r[u]), a[u] = Z;
      } else a[u] = v(L, r[u]), C(i, n[l], L), n[g] = null;
      u++;
    } else z(n[f]), f--;
    else z(n[l]), l++;
    for (; u <= $; ) {
      const g = C(i, a[$ + 1]);
      v(g, r[u]), a[u++] = g;
    }
    for (; l <= f; ) {
      const g = n[l++];
      g !== null && z(g);
    }
    return this.ut = o, Zt(i, a), _;
  }
}), xt = {
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
  confirm: "Valider",
  progress: "Questions traitées :",
  extract: "Extrait du document",
  contact: "Contact :",
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
  notCopied: "La copie n'est pas permise ici : « Télécharger » donne la même conversation.",
  save: "Télécharger",
  person: "Parler à une personne",
  erase: "Effacer cette conversation",
  eraseSure: "Effacer cette conversation ? Vos messages et les réponses disparaîtront d'ici et de l'assistant. Un dossier enregistré reste : il s'efface avec son code.",
  eraseYes: "Effacer",
  eraseNo: "Garder",
  erased: "Conversation effacée.",
  masked: "Des données personnelles ont été masquées dans votre message avant qu'il soit lu ou gardé.",
  retry: "Réessayer",
  empty: "Écrivez votre question avant de l'envoyer.",
  long: "Votre question dépasse 1 000 caractères.",
  offline: "La connexion est coupée. Votre question n'est pas perdue : réessayez quand elle sera revenue.",
  down: "L'assistant est indisponible pour le moment. Réessayez dans quelques minutes.",
  expired: "La conversation avait expiré : une autre s'est ouverte, et votre question y a été posée.",
  newWindow: "nouvelle fenêtre",
  page: "Ouvrir en pleine page",
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
}, te = {
  open: "Ask a question",
  close: "Close the assistant",
  shut: "Close",
  shutWhat: "the assistant",
  title: "Assistant on calls for candidates (answers in French)",
  log: "Conversation",
  you: "You",
  assistant: "Assistant",
  question: "Your question, in French",
  help: "Enter sends, Shift + Enter starts a new line. 1,000 characters at most.",
  send: "Send",
  writing: "The assistant is writing its answer…",
  slow: "The answer is taking longer than usual; please wait.",
  sources: "Sources",
  published: "published on",
  checked: "checked on",
  document: "see the document",
  choices: "Suggested answers",
  downloads: "Documents to download",
  confirm: "Confirm",
  progress: "Questions answered:",
  extract: "Extract from the document",
  contact: "Contact:",
  useful: "Is this answer useful to you?",
  yes: "Yes",
  no: "No",
  why: "What is missing?",
  sendWhy: "Send this comment",
  thanks: "Thank you, your opinion has been noted.",
  menu: "This conversation",
  restart: "Start again",
  restarted: "New conversation. The previous one is still shown above.",
  copy: "Copy",
  copied: "Conversation copied.",
  notCopied: "Copying is not allowed here: “Download” gives the same conversation.",
  save: "Download",
  person: "Talk to a person",
  erase: "Erase this conversation",
  eraseSure: "Erase this conversation? Your messages and the answers will disappear from here and from the assistant. A saved file stays: it is erased with its code.",
  eraseYes: "Erase",
  eraseNo: "Keep",
  erased: "Conversation erased.",
  masked: "Personal data in your message were masked before it was read or kept.",
  retry: "Try again",
  empty: "Write your question before sending it.",
  long: "Your question is longer than 1,000 characters.",
  offline: "The connection is lost. Your question is not: try again when it is back.",
  down: "The assistant is unavailable for the moment. Try again in a few minutes.",
  expired: "The conversation had expired: another one was opened, and your question was asked there.",
  newWindow: "new window",
  page: "Open as a full page",
  situations: {
    upcoming: "not open yet",
    open: "open",
    closing_soon: "open, closing soon",
    closed: "closed",
    no_deadline_stated: "no deadline stated",
    permanent: "permanently open",
    ended_by_programme: "programme over",
    not_a_call: "not a call"
  }
};
function ee(i) {
  return Q(i) ? te : xt;
}
const se = { person: xt.person };
function Q(i) {
  return /^en\b/i.test(i);
}
function ut(i, t) {
  const e = /^(\d{4})-(\d{2})-(\d{2})$/.exec(i);
  if (!e) return i;
  const s = new Date(Date.UTC(Number(e[1]), Number(e[2]) - 1, Number(e[3]))), n = Q(t), r = s.toLocaleDateString(n ? "en-GB" : "fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${!n && Number(e[3]) === 1 ? "1er" : Number(e[3])} ${r}`;
}
const ie = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
function pt(i) {
  const t = [];
  for (const e of i.split(`
`)) {
    if (!e.trim()) continue;
    const s = /^[•–]\s/.test(e.trim()), n = t[t.length - 1], r = s ? e.trim().replace(/^[•–]\s*/, "") : e;
    s && n?.list ? n.lines.push(r) : t.push({ list: s, lines: [r] });
  }
  return c`${t.map(
    (e) => e.list ? c`<ul>${e.lines.map((s) => c`<li>${I(s)}</li>`)}</ul>` : c`<p>${I(e.lines[0])}</p>`
  )}`;
}
function I(i) {
  const t = [];
  let e = 0;
  for (const s of i.matchAll(ie)) {
    const n = s[0];
    t.push(i.slice(e, s.index)), t.push(c`<a href=${n.startsWith("http") ? n : `mailto:${n}`}>${n}</a>`), e = s.index + n.length;
  }
  return t.push(i.slice(e)), t;
}
function ne(i) {
  const t = new Set(i.extracts.map((e) => W(e.words ?? "")));
  for (const e of i.form?.options ?? []) t.add(W(e.label));
  return i.text.split(`
`).filter((e) => !t.has(W(e))).join(`
`);
}
function W(i) {
  return i.replace(/^[\s•–«]+|[\s».]+$/g, "");
}
function re(i, t) {
  return i.map(
    (e) => c`<figure class="extract">
      <figcaption>${[t.extract, e.section].filter(Boolean).join(", ")}</figcaption>
      <blockquote>${e.words}</blockquote>
    </figure>`
  );
}
function oe(i, t) {
  return i.map(
    (e) => c`<address>
      <span class="hidden">${t.contact} </span>${e.name ? c`<strong>${e.name}</strong>` : d}
      ${e.address ? c`<span>${ae(e)}</span>` : d}
    </address>`
  );
}
function ae(i) {
  const t = i.address;
  return i.channel !== "phone" ? I(t) : c`<a href=${`tel:${t.replace(/[^+\d]/g, "")}`}>${t}</a>`;
}
function le(i, t) {
  const e = i.call?.situation ? t.situations[i.call.situation] : void 0, s = i.call?.title ? i.text.includes(i.call.title) : !0;
  return e && !s ? c`<p class="call"><span>${i.call.title}</span> <strong>${e}</strong></p>` : d;
}
function he(i, t, e) {
  return i.length ? c`<details class="sources">
    <summary>${t.sources}</summary>
    <ul>
      ${i.map((s) => c`<li>${ce(s, t, e)}</li>`)}
    </ul>
  </details>` : d;
}
function ce(i, t, e) {
  const s = [i.publisher ? `${i.title} (${i.publisher})` : i.title, i.section];
  i.published_on && s.push(`${t.published} ${ut(i.published_on, e)}`), i.checked_on && s.push(`${t.checked} ${ut(i.checked_on, e)}`);
  const n = s.filter(Boolean).join(" ; ");
  return i.url?.startsWith("https://") ? c`${n} ; <a href=${i.url} target="_blank" rel="noopener">${t.document}<span class="hidden"> : ${i.title}</span> (${t.newWindow})</a>` : n;
}
function de(i, t, e) {
  const s = i.downloads.filter((n) => n.url.startsWith("/"));
  return s.length ? c`<ul class="downloads" aria-label=${e.downloads}>
    ${s.map((n) => c`<li><a href=${t(n.url)} download>${n.label}</a></li>`)}
  </ul>` : d;
}
class q extends Error {
  constructor(t, e, s = 0) {
    super(e), this.kind = t, this.retryAfter = s;
  }
}
const ue = 3e4;
class pe {
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
  /** Has all that is kept of the conversation erased; the next message opens another. */
  async erase() {
    this.token && await this.call("DELETE", "/api/sessions"), this.forget();
  }
  post(t, e) {
    return this.call("POST", t, e);
  }
  async call(t, e, s) {
    const n = { "Content-Type": "application/json" };
    this.token && (n.Authorization = `Bearer ${this.token}`);
    let r;
    try {
      r = await fetch(this.server + e, {
        method: t,
        headers: n,
        body: s === void 0 ? void 0 : JSON.stringify(s),
        // No cookie goes either way: the token is all that there is.
        credentials: "omit",
        signal: AbortSignal.timeout(ue)
      });
    } catch {
      throw new q("offline", "");
    }
    if (r.ok) return r.status === 204 ? null : r.json();
    const o = await r.json().catch(() => ({})), h = typeof o.detail == "string" ? o.detail : "";
    throw r.status === 401 ? (this.token = null, new q("expired", h)) : r.status >= 500 ? new q("down", h) : new q("refused", h, Number(r.headers.get("Retry-After")) || 0);
  }
}
function fe(i, t) {
  const e = `${t.progress} ${i.done}/${i.total}`;
  return c`<progress max=${i.total} value=${i.done} aria-label=${e}></progress>`;
}
function me(i, t, e, s) {
  if (i.control === "text") return d;
  const n = `answer-${t}`, r = i.control === "radio" ? $e(i, n) : i.control === "select" ? ge(i, n) : be(i, n);
  return c`<form class="control" lang="fr" @submit=${(o) => ye(o, i, s)}>
    ${r}<button>${e.confirm}</button>
  </form>`;
}
function $e(i, t) {
  return c`<fieldset>
    <legend class="hidden">${i.label}</legend>
    ${i.options.map(
    (e, s) => c`<div class="radio">
        <input type="radio" id=${`${t}-${s}`} name=${t} value=${e.id} required />
        <label for=${`${t}-${s}`}>${e.label}</label>
      </div>`
  )}
  </fieldset>`;
}
function ge(i, t) {
  return c`<label class="hidden" for=${t}>${i.label}</label>
    <select id=${t} name=${t}>
      ${i.options.map((e) => c`<option value=${e.id}>${e.label}</option>`)}
    </select>`;
}
function be(i, t) {
  return c`<label class="hidden" for=${t}>${i.label}</label>
    <input id=${t} name=${t} inputmode="numeric" autocomplete="off" required />`;
}
function ye(i, t, e) {
  i.preventDefault();
  const s = [...new FormData(i.target).values()][0];
  if (typeof s != "string" || !s.trim()) return;
  const n = t.options.find((r) => r.id === s);
  n ? e({ button: n.id }, n.label) : e({ text: s.trim() }, s.trim());
}
const ft = $t`
    --action: #9ccaf5;
    --on-action: #0b1a29;
    --text: #f2f2f2;
    --soft: #cfd4da;
    --background: #16202b;
    --alternative: #223140;
    --border: #9aa5b1;
    --alert: #ffb3b3;
    color-scheme: dark;
`, ve = $t`
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
    ${ft}
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
      ${ft}
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
    height: min(46rem, calc(100vh - 6rem));
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
  dialog {
    max-width: min(24rem, calc(100vw - 2rem));
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    color: var(--text);
  }
  dialog::backdrop {
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
  @media print {
    .launcher,
    form,
    .choices,
    .feedback,
    .close {
      display: none !important;
    }
    section {
      position: static;
      width: auto;
      height: auto;
      border: 0;
      box-shadow: none;
      overflow: visible;
    }
    .log {
      overflow: visible;
    }
  }
`, we = 1e3, xe = 6e3;
function _e() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (i) => i.toString(16).padStart(2, "0")).join("");
}
class Ae extends P {
  constructor() {
    super(), this.api = null, this.busy = !1, this.number = 0, this.again = async () => {
      !this.pending || this.busy || (this.fault = null, await this.deliver(this.pending));
    }, this.onSubmit = async (t) => {
      t.preventDefault();
      const e = this.find("#question"), s = e.value.trim();
      if (this.busy) return;
      const n = s ? [...s].length > we ? this.texts.long : "" : this.texts.empty;
      if (n) {
        this.fault = { text: n, again: !1, field: !0 }, e.focus();
        return;
      }
      e.value = "", await this.send({ text: s }, s);
    }, this.onTyping = (t) => {
      t.key === "Enter" && !t.shiftKey && !t.isComposing && (t.preventDefault(), this.find("form.ask").requestSubmit());
    }, this.onKey = (t) => {
      t.key === "Escape" && (t.stopPropagation(), this.close());
    }, this.person = () => {
      this.send({ text: se.person }, this.texts.person);
    }, this.restart = async () => {
      this.busy || (this.client().forget(), this.pending = null, this.fault = null, this.status = this.texts.restarted, this.find("#question")?.focus());
    }, this.askErase = () => {
      this.busy || this.find("dialog").showModal();
    }, this.closeDialog = () => this.find("dialog").close(), this.onDialogKey = (t) => {
      t.key === "Escape" && t.stopPropagation();
    }, this.erase = async () => {
      this.closeDialog(), this.busy = !0, this.fault = null;
      try {
        await this.client().erase(), this.messages = [], this.pending = null, this.status = this.texts.erased;
      } catch (t) {
        this.show(t);
      } finally {
        this.busy = !1, this.find("#question")?.focus();
      }
    }, this.copy = async () => {
      try {
        await navigator.clipboard.writeText(this.transcript()), this.status = this.texts.copied;
      } catch {
        this.status = this.texts.notCopied;
      }
    }, this.save = () => {
      const t = document.createElement("a");
      t.href = URL.createObjectURL(new Blob([this.transcript()], { type: "text/plain;charset=utf-8" })), t.download = "conversation.txt", t.click(), setTimeout(() => URL.revokeObjectURL(t.href), 1e3);
    }, this.answered = (t, e) => {
      this.send(t, e).then(() => this.find("#question")?.focus());
    }, this.server = "", this.call = "", this.region = "", this.language = "fr", this.opened = !1, this.messages = [], this.status = "", this.fault = null, this.pending = null;
  }
  static {
    this.styles = ve;
  }
  static {
    this.properties = {
      server: { type: String },
      call: { type: String },
      region: { type: String },
      language: { type: String },
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
    return c`<div role="region" aria-label=${this.texts.assistant} lang=${Q(this.language) ? "en" : "fr"}>
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => this.opened ? this.close() : this.open()}
      >
        ${this.opened ? this.texts.close : this.texts.open}
      </button>
      <section id="panel" aria-labelledby="title" ?hidden=${!this.opened} @keydown=${this.onKey}>
        <header>
          <h2 id="title">${this.texts.title}</h2>
          <button class="close" type="button" @click=${() => this.close()}>
            ${this.texts.shut}<span class="hidden"> ${this.texts.shutWhat}</span>
          </button>
        </header>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${this.texts.log} tabindex="0">
          <ol>
            ${Xt(
      this.messages,
      (t) => t.id,
      (t) => this.message(t)
    )}
          </ol>
        </div>
        <p role="status">${this.status}</p>
        <div role="alert">${this.fault ? this.error() : d}</div>
        <form class="ask" @submit=${this.onSubmit} novalidate>
          <label for="question">${this.texts.question}</label>
          <textarea
            id="question"
            rows="2"
            aria-describedby=${this.fault?.field ? "help fault" : "help"}
            aria-invalid=${this.fault?.field ? "true" : d}
            @keydown=${this.onTyping}
          ></textarea>
          <div class="send">
            <p class="help" id="help">${this.texts.help}</p>
            <button class="main" aria-disabled=${this.busy ? "true" : d}>${this.texts.send}</button>
          </div>
          <details class="menu">
            <summary>${this.texts.menu}</summary>
            <ul>
              <li><button type="button" @click=${this.person}>${this.texts.person}</button></li>
              <li><button type="button" @click=${this.restart}>${this.texts.restart}</button></li>
              <li><button type="button" @click=${this.copy}>${this.texts.copy}</button></li>
              <li><button type="button" @click=${this.save}>${this.texts.save}</button></li>
              <li><button type="button" @click=${this.askErase}>${this.texts.erase}</button></li>
              <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${this.texts.page} (${this.texts.newWindow})</a></li>
            </ul>
          </details>
        </form>
        <dialog aria-labelledby="erase-text" @keydown=${this.onDialogKey}>
          <p id="erase-text">${this.texts.eraseSure}</p>
          <div class="send">
            <button type="button" @click=${this.closeDialog}>${this.texts.eraseNo}</button>
            <button type="button" class="main" @click=${this.erase}>${this.texts.eraseYes}</button>
          </div>
        </dialog>
      </section>
    </div>`;
  }
  updated(t) {
    if (t.has("messages")) {
      const e = this.renderRoot.querySelectorAll(".log > ol > .person"), s = e[e.length - 1], n = s?.closest(".log");
      n && (n.scrollTop = s.offsetTop - n.offsetTop);
    }
  }
  message(t) {
    if (t.from === "person")
      return c`<li class="message person"><p class="author">${this.texts.you}</p>${t.text}</li>`;
    if (!t.answer)
      return c`<li class="message assistant notice"><p class="author">${this.texts.assistant}</p><div lang=${t.own ? d : "fr"}>${pt(t.text)}</div></li>`;
    const e = t.answer, s = t === this.messages[this.messages.length - 1];
    return c`<li class="message assistant">
      <p class="author">${this.texts.assistant}</p>
      <div lang="fr">
        ${le(e, this.texts)} ${pt(ne(e))} ${re(e.extracts, this.texts)}
        ${oe(e.contacts, this.texts)}
      </div>
      ${he(e.sources, this.texts, this.language)} ${de(e, (n) => this.server + n, this.texts)}
      ${e.form && s ? c`${fe(e.form, this.texts)} ${me(e.form, t.id, this.texts, this.answered)}` : d}
      ${e.buttons.length ? c`<ul class="choices" lang="fr" aria-label=${this.texts.choices}>
            ${e.buttons.map(
      (n) => c`<li><button type="button" @click=${() => this.send({ button: n.id }, n.label)}>${n.label}</button></li>`
    )}
          </ul>` : d}
      ${this.opinion(t)}
    </li>`;
  }
  opinion(t) {
    if (t.opinion === "given" || t.answer?.form) return d;
    if (t.opinion === "why") {
      const e = `why-${t.id}`;
      return c`<form class="feedback" @submit=${(s) => this.onWhy(s, t)}>
        <label for=${e}>${this.texts.why}</label>
        <textarea id=${e} rows="2" maxlength="500"></textarea>
        <button>${this.texts.sendWhy}</button>
      </form>`;
    }
    return c`<fieldset class="feedback">
      <legend>${this.texts.useful}</legend>
      <button type="button" @click=${() => this.judge(t, !0)}>${this.texts.yes}</button>
      <button type="button" @click=${() => this.judge(t, !1)}>${this.texts.no}</button>
    </fieldset>`;
  }
  error() {
    return c`<div class="error" id="fault">
      <p>${this.fault.text}</p>
      ${this.fault.again ? c`<button type="button" @click=${this.again}>${this.texts.retry}</button>` : d}
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
    this.busy || (this.fault = null, this.add({ from: "person", text: e }), this.tell("ars-ask"), await this.deliver({ asked: t, request: _e() }));
  }
  /** Sends what is pending; the same request, sent again, is answered once only by the server. */
  async deliver(t) {
    this.busy = !0, this.pending = t, this.status = this.texts.writing;
    const e = setTimeout(() => this.status = this.texts.slow, xe);
    try {
      const s = await this.client().open();
      this.say(s);
      const n = await this.client().ask(t.asked, t.request);
      this.pending = null, this.status = "", n.masked && this.add({ from: "notice", text: this.texts.masked, own: !0 });
      for (const r of n.messages) this.add({ from: "assistant", text: r.text, answer: r, opinion: "asked" });
      this.tell("ars-answer");
    } catch (s) {
      this.status = "", await this.recover(s, t);
    } finally {
      clearTimeout(e), this.busy = !1, this.requestUpdate();
    }
  }
  async recover(t, e) {
    if (t.kind === "expired" && "text" in e.asked && this.status !== this.texts.expired) {
      this.status = this.texts.expired, this.busy = !1, await this.deliver(e);
      return;
    }
    this.show(t);
  }
  show(t) {
    const e = { offline: this.texts.offline, down: t.message || this.texts.down, expired: t.message, refused: t.message }, s = t.kind === "offline" || t.kind === "down" || t.retryAfter > 0;
    this.fault = { text: e[t.kind] || this.texts.down, again: s && this.pending !== null, field: !1 }, this.tell("ars-error");
  }
  async judge(t, e, s) {
    const n = !e && s === void 0;
    this.change(t.id, { opinion: n ? "why" : "given" });
    const r = t.answer;
    try {
      await this.client().feedback({ useful: e, why: s || void 0, topic: r.topic, call: r.call?.id ?? null }), n || (this.status = this.texts.thanks);
    } catch {
    }
    await this.updateComplete, this.find(n ? `#why-${t.id}` : "#question")?.focus();
  }
  onWhy(t, e) {
    t.preventDefault();
    const s = t.target.querySelector("textarea");
    this.judge(e, !1, s.value.trim());
  }
  transcript() {
    const t = { person: this.texts.you, assistant: this.texts.assistant, notice: this.texts.assistant };
    return this.messages.map((e) => `${t[e.from]} :
${e.text}
`).join(`
`);
  }
  /** Shows the notice of a conversation once, before the question that was typed while it was on its way. */
  say(t) {
    if (!t || this.messages.some((n) => n.text === t)) return;
    const e = this.messages[this.messages.length - 1]?.from === "person" ? this.messages.slice(-1) : [], s = e.length ? this.messages.slice(0, -1) : this.messages;
    this.messages = [...s, { from: "notice", text: t, id: ++this.number }, ...e];
  }
  client() {
    const t = {};
    return this.call && (t.call = this.call), this.region && (t.region = this.region), this.api ??= new pe(this.server, t);
  }
  add(t) {
    this.messages = [...this.messages, { ...t, id: ++this.number }];
  }
  change(t, e) {
    this.messages = this.messages.map((s) => s.id === t ? { ...s, ...e } : s);
  }
  get texts() {
    return ee(this.language);
  }
  find(t) {
    return this.renderRoot.querySelector(t);
  }
  tell(t) {
    this.dispatchEvent(new CustomEvent(t, { bubbles: !0, composed: !0 }));
  }
}
customElements.get("ars-assistant") || customElements.define("ars-assistant", Ae);
export {
  Ae as ArsAssistant
};
