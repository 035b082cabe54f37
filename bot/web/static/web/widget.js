/* sources 982edc74d113a37d643ce48d44ecac02c3edf703d73776286cf8563466ec6a6d */
const M = globalThis, K = M.ShadowRoot && (M.ShadyCSS === void 0 || M.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype, F = /* @__PURE__ */ Symbol(), X = /* @__PURE__ */ new WeakMap();
let fe = class {
  constructor(e, t, s) {
    if (this._$cssResult$ = !0, s !== F) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
    this.cssText = e, this.t = t;
  }
  get styleSheet() {
    let e = this.o;
    const t = this.t;
    if (K && e === void 0) {
      const s = t !== void 0 && t.length === 1;
      s && (e = X.get(t)), e === void 0 && ((this.o = e = new CSSStyleSheet()).replaceSync(this.cssText), s && X.set(t, e));
    }
    return e;
  }
  toString() {
    return this.cssText;
  }
};
const me = (i) => new fe(typeof i == "string" ? i : i + "", void 0, F), ge = (i, ...e) => {
  const t = i.length === 1 ? i[0] : e.reduce((s, n, o) => s + ((r) => {
    if (r._$cssResult$ === !0) return r.cssText;
    if (typeof r == "number") return r;
    throw Error("Value passed to 'css' function must be a 'css' function result: " + r + ". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.");
  })(n) + i[o + 1], i[0]);
  return new fe(t, i, F);
}, Ee = (i, e) => {
  if (K) i.adoptedStyleSheets = e.map((t) => t instanceof CSSStyleSheet ? t : t.styleSheet);
  else for (const t of e) {
    const s = document.createElement("style"), n = M.litNonce;
    n !== void 0 && s.setAttribute("nonce", n), s.textContent = t.cssText, i.appendChild(s);
  }
}, ee = K ? (i) => i : (i) => i instanceof CSSStyleSheet ? ((e) => {
  let t = "";
  for (const s of e.cssRules) t += s.cssText;
  return me(t);
})(i) : i;
const { is: Se, defineProperty: Ce, getOwnPropertyDescriptor: Te, getOwnPropertyNames: Ue, getOwnPropertySymbols: qe, getPrototypeOf: Oe } = Object, H = globalThis, te = H.trustedTypes, Pe = te ? te.emptyScript : "", Re = H.reactiveElementPolyfillSupport, T = (i, e) => i, W = { toAttribute(i, e) {
  switch (e) {
    case Boolean:
      i = i ? Pe : null;
      break;
    case Object:
    case Array:
      i = i == null ? i : JSON.stringify(i);
  }
  return i;
}, fromAttribute(i, e) {
  let t = i;
  switch (e) {
    case Boolean:
      t = i !== null;
      break;
    case Number:
      t = i === null ? null : Number(i);
      break;
    case Object:
    case Array:
      try {
        t = JSON.parse(i);
      } catch {
        t = null;
      }
  }
  return t;
} }, $e = (i, e) => !Se(i, e), se = { attribute: !0, type: String, converter: W, reflect: !1, useDefault: !1, hasChanged: $e };
Symbol.metadata ??= /* @__PURE__ */ Symbol("metadata"), H.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
let A = class extends HTMLElement {
  static addInitializer(e) {
    this._$Ei(), (this.l ??= []).push(e);
  }
  static get observedAttributes() {
    return this.finalize(), this._$Eh && [...this._$Eh.keys()];
  }
  static createProperty(e, t = se) {
    if (t.state && (t.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(e) && ((t = Object.create(t)).wrapped = !0), this.elementProperties.set(e, t), !t.noAccessor) {
      const s = /* @__PURE__ */ Symbol(), n = this.getPropertyDescriptor(e, s, t);
      n !== void 0 && Ce(this.prototype, e, n);
    }
  }
  static getPropertyDescriptor(e, t, s) {
    const { get: n, set: o } = Te(this.prototype, e) ?? { get() {
      return this[t];
    }, set(r) {
      this[t] = r;
    } };
    return { get: n, set(r) {
      const h = n?.call(this);
      o?.call(this, r), this.requestUpdate(e, h, s);
    }, configurable: !0, enumerable: !0 };
  }
  static getPropertyOptions(e) {
    return this.elementProperties.get(e) ?? se;
  }
  static _$Ei() {
    if (this.hasOwnProperty(T("elementProperties"))) return;
    const e = Oe(this);
    e.finalize(), e.l !== void 0 && (this.l = [...e.l]), this.elementProperties = new Map(e.elementProperties);
  }
  static finalize() {
    if (this.hasOwnProperty(T("finalized"))) return;
    if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(T("properties"))) {
      const t = this.properties, s = [...Ue(t), ...qe(t)];
      for (const n of s) this.createProperty(n, t[n]);
    }
    const e = this[Symbol.metadata];
    if (e !== null) {
      const t = litPropertyMetadata.get(e);
      if (t !== void 0) for (const [s, n] of t) this.elementProperties.set(s, n);
    }
    this._$Eh = /* @__PURE__ */ new Map();
    for (const [t, s] of this.elementProperties) {
      const n = this._$Eu(t, s);
      n !== void 0 && this._$Eh.set(n, t);
    }
    this.elementStyles = this.finalizeStyles(this.styles);
  }
  static finalizeStyles(e) {
    const t = [];
    if (Array.isArray(e)) {
      const s = new Set(e.flat(1 / 0).reverse());
      for (const n of s) t.unshift(ee(n));
    } else e !== void 0 && t.push(ee(e));
    return t;
  }
  static _$Eu(e, t) {
    const s = t.attribute;
    return s === !1 ? void 0 : typeof s == "string" ? s : typeof e == "string" ? e.toLowerCase() : void 0;
  }
  constructor() {
    super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
  }
  _$Ev() {
    this._$ES = new Promise((e) => this.enableUpdating = e), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((e) => e(this));
  }
  addController(e) {
    (this._$EO ??= /* @__PURE__ */ new Set()).add(e), this.renderRoot !== void 0 && this.isConnected && e.hostConnected?.();
  }
  removeController(e) {
    this._$EO?.delete(e);
  }
  _$E_() {
    const e = /* @__PURE__ */ new Map(), t = this.constructor.elementProperties;
    for (const s of t.keys()) this.hasOwnProperty(s) && (e.set(s, this[s]), delete this[s]);
    e.size > 0 && (this._$Ep = e);
  }
  createRenderRoot() {
    const e = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
    return Ee(e, this.constructor.elementStyles), e;
  }
  connectedCallback() {
    this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((e) => e.hostConnected?.());
  }
  enableUpdating(e) {
  }
  disconnectedCallback() {
    this._$EO?.forEach((e) => e.hostDisconnected?.());
  }
  attributeChangedCallback(e, t, s) {
    this._$AK(e, s);
  }
  _$ET(e, t) {
    const s = this.constructor.elementProperties.get(e), n = this.constructor._$Eu(e, s);
    if (n !== void 0 && s.reflect === !0) {
      const o = (s.converter?.toAttribute !== void 0 ? s.converter : W).toAttribute(t, s.type);
      this._$Em = e, o == null ? this.removeAttribute(n) : this.setAttribute(n, o), this._$Em = null;
    }
  }
  _$AK(e, t) {
    const s = this.constructor, n = s._$Eh.get(e);
    if (n !== void 0 && this._$Em !== n) {
      const o = s.getPropertyOptions(n), r = typeof o.converter == "function" ? { fromAttribute: o.converter } : o.converter?.fromAttribute !== void 0 ? o.converter : W;
      this._$Em = n;
      const h = r.fromAttribute(t, o.type);
      this[n] = h ?? this._$Ej?.get(n) ?? h, this._$Em = null;
    }
  }
  requestUpdate(e, t, s, n = !1, o) {
    if (e !== void 0) {
      const r = this.constructor;
      if (n === !1 && (o = this[e]), s ??= r.getPropertyOptions(e), !((s.hasChanged ?? $e)(o, t) || s.useDefault && s.reflect && o === this._$Ej?.get(e) && !this.hasAttribute(r._$Eu(e, s)))) return;
      this.C(e, t, s);
    }
    this.isUpdatePending === !1 && (this._$ES = this._$EP());
  }
  C(e, t, { useDefault: s, reflect: n, wrapped: o }, r) {
    s && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(e) && (this._$Ej.set(e, r ?? t ?? this[e]), o !== !0 || r !== void 0) || (this._$AL.has(e) || (this.hasUpdated || s || (t = void 0), this._$AL.set(e, t)), n === !0 && this._$Em !== e && (this._$Eq ??= /* @__PURE__ */ new Set()).add(e));
  }
  async _$EP() {
    this.isUpdatePending = !0;
    try {
      await this._$ES;
    } catch (t) {
      Promise.reject(t);
    }
    const e = this.scheduleUpdate();
    return e != null && await e, !this.isUpdatePending;
  }
  scheduleUpdate() {
    return this.performUpdate();
  }
  performUpdate() {
    if (!this.isUpdatePending) return;
    if (!this.hasUpdated) {
      if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
        for (const [n, o] of this._$Ep) this[n] = o;
        this._$Ep = void 0;
      }
      const s = this.constructor.elementProperties;
      if (s.size > 0) for (const [n, o] of s) {
        const { wrapped: r } = o, h = this[n];
        r !== !0 || this._$AL.has(n) || h === void 0 || this.C(n, void 0, o, h);
      }
    }
    let e = !1;
    const t = this._$AL;
    try {
      e = this.shouldUpdate(t), e ? (this.willUpdate(t), this._$EO?.forEach((s) => s.hostUpdate?.()), this.update(t)) : this._$EM();
    } catch (s) {
      throw e = !1, this._$EM(), s;
    }
    e && this._$AE(t);
  }
  willUpdate(e) {
  }
  _$AE(e) {
    this._$EO?.forEach((t) => t.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(e)), this.updated(e);
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
  shouldUpdate(e) {
    return !0;
  }
  update(e) {
    this._$Eq &&= this._$Eq.forEach((t) => this._$ET(t, this[t])), this._$EM();
  }
  updated(e) {
  }
  firstUpdated(e) {
  }
};
A.elementStyles = [], A.shadowRootOptions = { mode: "open" }, A[T("elementProperties")] = /* @__PURE__ */ new Map(), A[T("finalized")] = /* @__PURE__ */ new Map(), Re?.({ ReactiveElement: A }), (H.reactiveElementVersions ??= []).push("2.1.2");
const Y = globalThis, ie = (i) => i, D = Y.trustedTypes, ne = D ? D.createPolicy("lit-html", { createHTML: (i) => i }) : void 0, ve = "$lit$", v = `lit$${Math.random().toFixed(9).slice(2)}$`, be = "?" + v, Ne = `<${be}>`, _ = document, q = () => _.createComment(""), O = (i) => i === null || typeof i != "object" && typeof i != "function", G = Array.isArray, Me = (i) => G(i) || typeof i?.[Symbol.iterator] == "function", j = `[ 	
\f\r]`, S = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g, oe = /-->/g, re = />/g, b = RegExp(`>|${j}(?:([^\\s"'>=/]+)(${j}*=${j}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`, "g"), ae = /'/g, le = /"/g, ye = /^(?:script|style|textarea|title)$/i, De = (i) => (e, ...t) => ({ _$litType$: i, strings: e, values: t }), c = De(1), x = /* @__PURE__ */ Symbol.for("lit-noChange"), d = /* @__PURE__ */ Symbol.for("lit-nothing"), he = /* @__PURE__ */ new WeakMap(), w = _.createTreeWalker(_, 129);
function we(i, e) {
  if (!G(i) || !i.hasOwnProperty("raw")) throw Error("invalid template strings array");
  return ne !== void 0 ? ne.createHTML(e) : e;
}
const He = (i, e) => {
  const t = i.length - 1, s = [];
  let n, o = e === 2 ? "<svg>" : e === 3 ? "<math>" : "", r = S;
  for (let h = 0; h < t; h++) {
    const a = i[h];
    let u, m, l = -1, p = 0;
    for (; p < a.length && (r.lastIndex = p, m = r.exec(a), m !== null); ) p = r.lastIndex, r === S ? m[1] === "!--" ? r = oe : m[1] !== void 0 ? r = re : m[2] !== void 0 ? (ye.test(m[2]) && (n = RegExp("</" + m[2], "g")), r = b) : m[3] !== void 0 && (r = b) : r === b ? m[0] === ">" ? (r = n ?? S, l = -1) : m[1] === void 0 ? l = -2 : (l = r.lastIndex - m[2].length, u = m[1], r = m[3] === void 0 ? b : m[3] === '"' ? le : ae) : r === le || r === ae ? r = b : r === oe || r === re ? r = S : (r = b, n = void 0);
    const f = r === b && i[h + 1].startsWith("/>") ? " " : "";
    o += r === S ? a + Ne : l >= 0 ? (s.push(u), a.slice(0, l) + ve + a.slice(l) + v + f) : a + v + (l === -2 ? h : f);
  }
  return [we(i, o + (i[t] || "<?>") + (e === 2 ? "</svg>" : e === 3 ? "</math>" : "")), s];
};
class P {
  constructor({ strings: e, _$litType$: t }, s) {
    let n;
    this.parts = [];
    let o = 0, r = 0;
    const h = e.length - 1, a = this.parts, [u, m] = He(e, t);
    if (this.el = P.createElement(u, s), w.currentNode = this.el.content, t === 2 || t === 3) {
      const l = this.el.content.firstChild;
      l.replaceWith(...l.childNodes);
    }
    for (; (n = w.nextNode()) !== null && a.length < h; ) {
      if (n.nodeType === 1) {
        if (n.hasAttributes()) for (const l of n.getAttributeNames()) if (l.endsWith(ve)) {
          const p = m[r++], f = n.getAttribute(l).split(v), g = /([.?@])?(.*)/.exec(p);
          a.push({ type: 1, index: o, name: g[2], strings: f, ctor: g[1] === "." ? ze : g[1] === "?" ? je : g[1] === "@" ? Be : L }), n.removeAttribute(l);
        } else l.startsWith(v) && (a.push({ type: 6, index: o }), n.removeAttribute(l));
        if (ye.test(n.tagName)) {
          const l = n.textContent.split(v), p = l.length - 1;
          if (p > 0) {
            n.textContent = D ? D.emptyScript : "";
            for (let f = 0; f < p; f++) n.append(l[f], q()), w.nextNode(), a.push({ type: 2, index: ++o });
            n.append(l[p], q());
          }
        }
      } else if (n.nodeType === 8) if (n.data === be) a.push({ type: 2, index: o });
      else {
        let l = -1;
        for (; (l = n.data.indexOf(v, l + 1)) !== -1; ) a.push({ type: 7, index: o }), l += v.length - 1;
      }
      o++;
    }
  }
  static createElement(e, t) {
    const s = _.createElement("template");
    return s.innerHTML = e, s;
  }
}
function k(i, e, t = i, s) {
  if (e === x) return e;
  let n = s !== void 0 ? t._$Co?.[s] : t._$Cl;
  const o = O(e) ? void 0 : e._$litDirective$;
  return n?.constructor !== o && (n?._$AO?.(!1), o === void 0 ? n = void 0 : (n = new o(i), n._$AT(i, t, s)), s !== void 0 ? (t._$Co ??= [])[s] = n : t._$Cl = n), n !== void 0 && (e = k(i, n._$AS(i, e.values), n, s)), e;
}
class Le {
  constructor(e, t) {
    this._$AV = [], this._$AN = void 0, this._$AD = e, this._$AM = t;
  }
  get parentNode() {
    return this._$AM.parentNode;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  u(e) {
    const { el: { content: t }, parts: s } = this._$AD, n = (e?.creationScope ?? _).importNode(t, !0);
    w.currentNode = n;
    let o = w.nextNode(), r = 0, h = 0, a = s[0];
    for (; a !== void 0; ) {
      if (r === a.index) {
        let u;
        a.type === 2 ? u = new E(o, o.nextSibling, this, e) : a.type === 1 ? u = new a.ctor(o, a.name, a.strings, this, e) : a.type === 6 && (u = new We(o, this, e)), this._$AV.push(u), a = s[++h];
      }
      r !== a?.index && (o = w.nextNode(), r++);
    }
    return w.currentNode = _, n;
  }
  p(e) {
    let t = 0;
    for (const s of this._$AV) s !== void 0 && (s.strings !== void 0 ? (s._$AI(e, s, t), t += s.strings.length - 2) : s._$AI(e[t])), t++;
  }
}
class E {
  get _$AU() {
    return this._$AM?._$AU ?? this._$Cv;
  }
  constructor(e, t, s, n) {
    this.type = 2, this._$AH = d, this._$AN = void 0, this._$AA = e, this._$AB = t, this._$AM = s, this.options = n, this._$Cv = n?.isConnected ?? !0;
  }
  get parentNode() {
    let e = this._$AA.parentNode;
    const t = this._$AM;
    return t !== void 0 && e?.nodeType === 11 && (e = t.parentNode), e;
  }
  get startNode() {
    return this._$AA;
  }
  get endNode() {
    return this._$AB;
  }
  _$AI(e, t = this) {
    e = k(this, e, t), O(e) ? e === d || e == null || e === "" ? (this._$AH !== d && this._$AR(), this._$AH = d) : e !== this._$AH && e !== x && this._(e) : e._$litType$ !== void 0 ? this.$(e) : e.nodeType !== void 0 ? this.T(e) : Me(e) ? this.k(e) : this._(e);
  }
  O(e) {
    return this._$AA.parentNode.insertBefore(e, this._$AB);
  }
  T(e) {
    this._$AH !== e && (this._$AR(), this._$AH = this.O(e));
  }
  _(e) {
    this._$AH !== d && O(this._$AH) ? this._$AA.nextSibling.data = e : this.T(_.createTextNode(e)), this._$AH = e;
  }
  $(e) {
    const { values: t, _$litType$: s } = e, n = typeof s == "number" ? this._$AC(e) : (s.el === void 0 && (s.el = P.createElement(we(s.h, s.h[0]), this.options)), s);
    if (this._$AH?._$AD === n) this._$AH.p(t);
    else {
      const o = new Le(n, this), r = o.u(this.options);
      o.p(t), this.T(r), this._$AH = o;
    }
  }
  _$AC(e) {
    let t = he.get(e.strings);
    return t === void 0 && he.set(e.strings, t = new P(e)), t;
  }
  k(e) {
    G(this._$AH) || (this._$AH = [], this._$AR());
    const t = this._$AH;
    let s, n = 0;
    for (const o of e) n === t.length ? t.push(s = new E(this.O(q()), this.O(q()), this, this.options)) : s = t[n], s._$AI(o), n++;
    n < t.length && (this._$AR(s && s._$AB.nextSibling, n), t.length = n);
  }
  _$AR(e = this._$AA.nextSibling, t) {
    for (this._$AP?.(!1, !0, t); e !== this._$AB; ) {
      const s = ie(e).nextSibling;
      ie(e).remove(), e = s;
    }
  }
  setConnected(e) {
    this._$AM === void 0 && (this._$Cv = e, this._$AP?.(e));
  }
}
class L {
  get tagName() {
    return this.element.tagName;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  constructor(e, t, s, n, o) {
    this.type = 1, this._$AH = d, this._$AN = void 0, this.element = e, this.name = t, this._$AM = n, this.options = o, s.length > 2 || s[0] !== "" || s[1] !== "" ? (this._$AH = Array(s.length - 1).fill(new String()), this.strings = s) : this._$AH = d;
  }
  _$AI(e, t = this, s, n) {
    const o = this.strings;
    let r = !1;
    if (o === void 0) e = k(this, e, t, 0), r = !O(e) || e !== this._$AH && e !== x, r && (this._$AH = e);
    else {
      const h = e;
      let a, u;
      for (e = o[0], a = 0; a < o.length - 1; a++) u = k(this, h[s + a], t, a), u === x && (u = this._$AH[a]), r ||= !O(u) || u !== this._$AH[a], u === d ? e = d : e !== d && (e += (u ?? "") + o[a + 1]), this._$AH[a] = u;
    }
    r && !n && this.j(e);
  }
  j(e) {
    e === d ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, e ?? "");
  }
}
class ze extends L {
  constructor() {
    super(...arguments), this.type = 3;
  }
  j(e) {
    this.element[this.name] = e === d ? void 0 : e;
  }
}
class je extends L {
  constructor() {
    super(...arguments), this.type = 4;
  }
  j(e) {
    this.element.toggleAttribute(this.name, !!e && e !== d);
  }
}
class Be extends L {
  constructor(e, t, s, n, o) {
    super(e, t, s, n, o), this.type = 5;
  }
  _$AI(e, t = this) {
    if ((e = k(this, e, t, 0) ?? d) === x) return;
    const s = this._$AH, n = e === d && s !== d || e.capture !== s.capture || e.once !== s.once || e.passive !== s.passive, o = e !== d && (s === d || n);
    n && this.element.removeEventListener(this.name, this, s), o && this.element.addEventListener(this.name, this, e), this._$AH = e;
  }
  handleEvent(e) {
    typeof this._$AH == "function" ? this._$AH.call(this.options?.host ?? this.element, e) : this._$AH.handleEvent(e);
  }
}
class We {
  constructor(e, t, s) {
    this.element = e, this.type = 6, this._$AN = void 0, this._$AM = t, this.options = s;
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AI(e) {
    k(this, e);
  }
}
const Ie = { I: E }, Ve = Y.litHtmlPolyfillSupport;
Ve?.(P, E), (Y.litHtmlVersions ??= []).push("3.3.3");
const Ke = (i, e, t) => {
  const s = t?.renderBefore ?? e;
  let n = s._$litPart$;
  if (n === void 0) {
    const o = t?.renderBefore ?? null;
    s._$litPart$ = n = new E(e.insertBefore(q(), o), o, void 0, t ?? {});
  }
  return n._$AI(i), n;
};
const Q = globalThis;
let U = class extends A {
  constructor() {
    super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
  }
  createRenderRoot() {
    const e = super.createRenderRoot();
    return this.renderOptions.renderBefore ??= e.firstChild, e;
  }
  update(e) {
    const t = this.render();
    this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(e), this._$Do = Ke(t, this.renderRoot, this.renderOptions);
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
U._$litElement$ = !0, U.finalized = !0, Q.litElementHydrateSupport?.({ LitElement: U });
const Fe = Q.litElementPolyfillSupport;
Fe?.({ LitElement: U });
(Q.litElementVersions ??= []).push("4.2.2");
const Ye = { CHILD: 2 }, Ge = (i) => (...e) => ({ _$litDirective$: i, values: e });
let Qe = class {
  constructor(e) {
  }
  get _$AU() {
    return this._$AM._$AU;
  }
  _$AT(e, t, s) {
    this._$Ct = e, this._$AM = t, this._$Ci = s;
  }
  _$AS(e, t) {
    return this.update(e, t);
  }
  update(e, t) {
    return this.render(...t);
  }
};
const { I: Ze } = Ie, ce = (i) => i, de = () => document.createComment(""), C = (i, e, t) => {
  const s = i._$AA.parentNode, n = e === void 0 ? i._$AB : e._$AA;
  if (t === void 0) {
    const o = s.insertBefore(de(), n), r = s.insertBefore(de(), n);
    t = new Ze(o, r, i, i.options);
  } else {
    const o = t._$AB.nextSibling, r = t._$AM, h = r !== i;
    if (h) {
      let a;
      t._$AQ?.(i), t._$AM = i, t._$AP !== void 0 && (a = i._$AU) !== r._$AU && t._$AP(a);
    }
    if (o !== n || h) {
      let a = t._$AA;
      for (; a !== o; ) {
        const u = ce(a).nextSibling;
        ce(s).insertBefore(a, n), a = u;
      }
    }
  }
  return t;
}, y = (i, e, t = i) => (i._$AI(e, t), i), Je = {}, Xe = (i, e = Je) => i._$AH = e, et = (i) => i._$AH, B = (i) => {
  i._$AR(), i._$AA.remove();
};
const ue = (i, e, t) => {
  const s = /* @__PURE__ */ new Map();
  for (let n = e; n <= t; n++) s.set(i[n], n);
  return s;
}, tt = Ge(class extends Qe {
  constructor(i) {
    if (super(i), i.type !== Ye.CHILD) throw Error("repeat() can only be used in text expressions");
  }
  dt(i, e, t) {
    let s;
    t === void 0 ? t = e : e !== void 0 && (s = e);
    const n = [], o = [];
    let r = 0;
    for (const h of i) n[r] = s ? s(h, r) : r, o[r] = t(h, r), r++;
    return { values: o, keys: n };
  }
  render(i, e, t) {
    return this.dt(i, e, t).values;
  }
  update(i, [e, t, s]) {
    const n = et(i), { values: o, keys: r } = this.dt(e, t, s);
    if (!Array.isArray(n)) return this.ut = r, o;
    const h = this.ut ??= [], a = [];
    let u, m, l = 0, p = n.length - 1, f = 0, g = o.length - 1;
    for (; l <= p && f <= g; ) if (n[l] === null) l++;
    else if (n[p] === null) p--;
    else if (h[l] === r[f]) a[f] = y(n[l], o[f]), l++, f++;
    else if (h[p] === r[g]) a[g] = y(n[p], o[g]), p--, g--;
    else if (h[l] === r[g]) a[g] = y(n[l], o[g]), C(i, a[g + 1], n[l]), l++, g--;
    else if (h[p] === r[f]) a[f] = y(n[p], o[f]), C(i, n[l], n[p]), p--, f++;
    else if (u === void 0 && (u = ue(r, f, g), m = ue(h, l, p)), u.has(h[l])) if (u.has(h[p])) {
      const $ = m.get(r[f]), z = $ !== void 0 ? n[$] : null;
      if (z === null) {
        const J = C(i, n[l]);
        y(J, o[f]), a[f] = J;
      } else a[f] = y(z, o[f]), C(i, n[l], z), n[$] = null;
      f++;
    } else B(n[p]), p--;
    else B(n[l]), l++;
    for (; f <= g; ) {
      const $ = C(i, a[g + 1]);
      y($, o[f]), a[f++] = $;
    }
    for (; l <= p; ) {
      const $ = n[l++];
      $ !== null && B($);
    }
    return this.ut = r, Xe(i, a), x;
  }
});
class R extends Error {
  constructor(e, t, s = 0) {
    super(t), this.kind = e, this.retryAfter = s;
  }
}
const st = 3e4;
class it {
  constructor(e, t) {
    this.server = e, this.context = t, this.token = null, this.left = [], this.opening = null;
  }
  /** What names the conversation in hand, null before it is open. */
  get session() {
    return this.token;
  }
  /** Opens a conversation if none is; returns its notice, or null when one was open. */
  async open() {
    if (this.token) return null;
    this.opening ??= this.call("POST", "/api/sessions", null, this.context()).finally(() => this.opening = null);
    const e = await this.opening;
    return this.token = e.token, e.notice;
  }
  /** `request` names the request: sent again under the same name, it is answered once. */
  async ask(e, t) {
    const s = await this.call("POST", "/api/messages", this.token, { ...e, request: t });
    return { messages: s.messages, masked: !!s.masked };
  }
  /** Keeps an opinion given in `session`; returns its name. With the name of another, completes that one. */
  async feedback(e, t) {
    return (await this.call("POST", "/api/feedback", t, e)).opinion;
  }
  /** The next message opens another conversation. */
  leave() {
    this.token && this.left.push(this.token), this.token = null;
  }
  /** Has all that is kept of the conversations opened here erased; false when one can no longer be reached. */
  async erase() {
    this.leave();
    let e = !0;
    for (; this.left.length; ) {
      try {
        await this.call("DELETE", "/api/sessions", this.left[0]);
      } catch (t) {
        if (t.kind !== "expired") throw t;
        e = !1;
      }
      this.left.shift();
    }
    return e;
  }
  async call(e, t, s, n) {
    const o = { "Content-Type": "application/json" };
    s && (o.Authorization = `Bearer ${s}`);
    let r;
    try {
      r = await fetch(this.server + t, {
        method: e,
        headers: o,
        body: n === void 0 ? void 0 : JSON.stringify(n),
        // No cookie goes either way: the token is all that there is.
        credentials: "omit",
        signal: AbortSignal.timeout(st)
      });
    } catch {
      throw new R("offline", "");
    }
    if (r.ok) return r.status === 204 ? null : r.json();
    const h = await r.json().catch(() => ({})), a = typeof h.detail == "string" ? h.detail : "";
    throw r.status === 401 ? (s === this.token && this.leave(), new R("expired", a)) : r.status >= 500 ? new R("down", a) : new R("refused", a, Number(r.headers.get("Retry-After")) || 0);
  }
}
const nt = 6e3;
function ot() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (i) => i.toString(16).padStart(2, "0")).join("");
}
class rt {
  constructor(e) {
    this.host = e, this.messages = [], this.status = "", this.fault = null, this.busy = !1, this.number = 0, this.judging = /* @__PURE__ */ new Map(), this.erase = async () => {
      if (this.busy) return;
      const { api: t, texts: s } = this.host;
      this.busy = !0, this.blame(null);
      try {
        const n = await t.erase();
        this.messages = [], this.announce(n ? s.erased : s.notErased);
      } catch (n) {
        this.show(n, s.offlineErasing, this.erase);
      } finally {
        this.busy = !1, this.host.requestUpdate();
      }
    };
  }
  /** Shows the notice, if nothing was said yet. */
  async greet() {
    if (!this.messages.length) {
      this.blame(null);
      try {
        this.notice(await this.host.api.open());
      } catch (e) {
        this.show(e, this.host.texts.offlineOpening, () => this.greet());
      }
    }
  }
  async send(e, t) {
    this.busy || (this.add({ from: "person", text: t }), this.host.tell("ars-ask"), await this.deliver({ asked: e, request: ot() }));
  }
  press(e) {
    return this.send({ button: e.id }, e.label);
  }
  /** Sends a request; the same one, sent again, is answered once only by the server. */
  async deliver(e, t = !1) {
    const { api: s, texts: n } = this.host;
    this.busy = !0, this.blame(null), this.state(n.writing);
    const o = setTimeout(() => this.state(n.slow), nt);
    try {
      this.notice(await s.open());
      const r = await s.ask(e.asked, e.request);
      this.state(""), t && this.add({ from: "notice", text: n.expired, own: !0 }), r.masked && this.add({ from: "notice", text: n.masked, own: !0 }), this.answers(r.messages), this.host.tell("ars-answer");
    } catch (r) {
      if (this.state(""), r.kind === "expired" && "text" in e.asked && !t)
        return await this.deliver(e, !0);
      this.show(r, n.offline, () => this.deliver(e));
    } finally {
      clearTimeout(o), this.busy = !1, this.host.requestUpdate();
    }
  }
  answers(e) {
    const t = e.filter(({ topic: s, form: n, call: o, sources: r }) => s && !n && (!o || r.length)).pop();
    for (const s of e)
      this.add({ from: "assistant", text: s.text, answer: s, opinion: s === t ? "asked" : void 0 });
  }
  /** Keeps whether an answer was of use; then, when it was not, why. */
  judge(e, t, s = "") {
    const n = e.opinion === "asked";
    n && this.change(e.id, { opinion: t ? "given" : "why" });
    const o = (this.judging.get(e.id) ?? Promise.resolve()).then(() => this.keep(e.id, n, t, s));
    return this.judging.set(e.id, o), o;
  }
  async keep(e, t, s, n) {
    const o = this.messages.find((u) => u.id === e);
    if (!o) return;
    const { topic: r, call: h } = o.answer, a = { useful: s, why: n || void 0, topic: r, call: h?.id ?? null, opinion: o.kept };
    try {
      const u = await this.host.api.feedback(a, o.session);
      this.change(e, t ? { kept: u } : { opinion: "given" });
    } catch {
      t && this.change(e, { opinion: "asked" }), this.announce(this.host.texts.notKept);
    }
  }
  /** The next message opens another conversation; this one stays on screen. */
  restart() {
    this.busy || (this.host.api.leave(), this.blame(null), this.add({ from: "notice", text: this.host.texts.restarted, own: !0, separator: !0 }));
  }
  /** Whether what a message offers can still be chosen. */
  isCurrent(e) {
    return e.session === this.host.api.session;
  }
  /** The message whose question waits for its answer, while it waits and while the answer is on its way. */
  get asking() {
    const e = this.messages.filter((t) => t.answer).pop();
    return e?.answer?.form && this.isCurrent(e) ? e : void 0;
  }
  transcript() {
    const { you: e, assistant: t } = this.host.texts;
    return this.messages.map((s) => `${s.from === "person" ? e : t} :
${s.text}
`).join(`
`);
  }
  /** Says something that is not an answer, even twice in a row: what does not change is not read out. */
  announce(e) {
    this.state(""), setTimeout(() => this.state(e), 100);
  }
  blame(e) {
    this.fault = e, this.host.requestUpdate();
  }
  state(e) {
    this.status = e, this.host.requestUpdate();
  }
  show(e, t, s) {
    const { down: n } = this.host.texts, o = e.kind === "offline" ? t : e.message || n, r = e.kind === "offline" || e.kind === "down" || e.retryAfter > 0;
    this.blame({ text: o, retry: r ? s : null }), this.host.tell("ars-error");
  }
  /** Shows the notice of a conversation once, before the question that was typed while it was on its way. */
  notice(e) {
    if (!e || this.messages.some((n) => n.text === e)) return;
    this.add({ from: "notice", text: e });
    const [t, s] = this.messages.slice(-2);
    t && s && t.from === "person" && (this.messages = [...this.messages.slice(0, -2), s, t]);
  }
  add(e) {
    this.messages = [...this.messages, { ...e, id: ++this.number, session: this.host.api.session }], this.host.requestUpdate();
  }
  change(e, t) {
    this.messages = this.messages.map((s) => s.id === e ? { ...s, ...t } : s), this.host.requestUpdate();
  }
}
const _e = {
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
  choose: "Choisissez…",
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
  notKept: "Votre avis n'a pas pu être transmis.",
  menu: "Cette conversation",
  restart: "Recommencer",
  restarted: "Nouvelle conversation : l'assistant ne tient plus compte de ce qui précède.",
  copy: "Copier",
  copied: "Conversation copiée.",
  notCopied: "La copie n'est pas permise ici : « Télécharger » donne la même conversation.",
  save: "Télécharger",
  saved: "Conversation téléchargée dans le fichier « conversation.txt ».",
  person: "Parler à une personne",
  erase: "Effacer cette conversation",
  eraseSure: "Effacer cette conversation ? Vos messages et les réponses disparaîtront d'ici et de l'assistant. Un dossier enregistré reste : il s'efface avec son code.",
  eraseYes: "Effacer",
  eraseNo: "Garder",
  erased: "Conversation effacée.",
  notErased: "Une conversation ne peut plus être effacée d'ici : elle s'effacera d'elle-même, à la fin de sa durée de conservation.",
  masked: "Des données personnelles ont été masquées dans votre message avant qu'il soit lu ou gardé.",
  retry: "Réessayer",
  empty: "Écrivez votre question avant de l'envoyer.",
  long: "Votre question dépasse 1 000 caractères.",
  offline: "La connexion est coupée. Votre question n'est pas perdue : réessayez quand elle sera revenue.",
  offlineOpening: "La connexion est coupée : l'assistant ne peut pas s'ouvrir. Réessayez quand elle sera revenue.",
  offlineErasing: "La connexion est coupée : l'effacement n'est pas terminé. Réessayez quand elle sera revenue.",
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
}, at = {
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
  choose: "Choose…",
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
  notKept: "Your opinion could not be sent.",
  menu: "This conversation",
  restart: "Start again",
  restarted: "New conversation: the assistant no longer takes into account what is above.",
  copy: "Copy",
  copied: "Conversation copied.",
  notCopied: "Copying is not allowed here: “Download” gives the same conversation.",
  save: "Download",
  saved: "Conversation downloaded to the file “conversation.txt”.",
  person: "Talk to a person",
  erase: "Erase this conversation",
  eraseSure: "Erase this conversation? Your messages and the answers will disappear from here and from the assistant. A saved file stays: it is erased with its code.",
  eraseYes: "Erase",
  eraseNo: "Keep",
  erased: "Conversation erased.",
  notErased: "One conversation can no longer be erased from here: it will erase itself at the end of its retention period.",
  masked: "Personal data in your message were masked before it was read or kept.",
  retry: "Try again",
  empty: "Write your question before sending it.",
  long: "Your question is longer than 1,000 characters.",
  offline: "The connection is lost. Your question is not: try again when it is back.",
  offlineOpening: "The connection is lost: the assistant cannot open. Try again when it is back.",
  offlineErasing: "The connection is lost: erasing is not finished. Try again when it is back.",
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
function lt(i) {
  return Z(i) ? at : _e;
}
const ht = { person: _e.person };
function Z(i) {
  return /^en\b/i.test(i);
}
function I(i, e) {
  const t = /^(\d{4})-(\d{2})-(\d{2})$/.exec(i);
  if (!t) return i;
  const s = new Date(Date.UTC(Number(t[1]), Number(t[2]) - 1, Number(t[3]))), n = Z(e), o = s.toLocaleDateString(n ? "en-GB" : "fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${!n && Number(t[3]) === 1 ? "1er" : Number(t[3])} ${o}`;
}
const ct = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
function xe(i, e) {
  const t = [];
  for (const s of i.split(`
`)) {
    if (!s.trim()) continue;
    const n = /^[•–]\s/.test(s.trim()), o = t[t.length - 1], r = n ? s.trim().replace(/^[•–]\s*/, "") : s;
    n && o?.list ? o.lines.push(r) : t.push({ list: n, lines: [r] });
  }
  return c`${t.map(
    (s) => s.list ? c`<ul>${s.lines.map((n) => c`<li>${V(n, e)}</li>`)}</ul>` : c`<p>${V(s.lines[0], e)}</p>`
  )}`;
}
function V(i, e) {
  const t = [];
  let s = 0;
  for (const n of i.matchAll(ct)) {
    const o = n[0];
    t.push(i.slice(s, n.index)), t.push(o.startsWith("http") ? Ae(o, o, e) : c`<a href=${`mailto:${o}`}>${o}</a>`), s = n.index + o.length;
  }
  return t.push(i.slice(s)), t.map((n) => typeof n == "string" ? dt(n) : n);
}
function dt(i) {
  return i.replace(/ (?=[:;?!»])/g, " ").replace(/« /g, "« ");
}
function Ae(i, e, t) {
  return c`<a href=${i} target="_blank" rel="noopener">${e} (${t.newWindow})</a>`;
}
function ut(i) {
  const e = new Set(i.downloads.map((s) => s.label.split(" – ")[0])), t = new Set(i.extracts.map((s) => N(s.words ?? "")));
  for (const s of i.form?.options ?? []) t.add(N(s.label));
  return i.text.split(`
`).filter((s) => !t.has(N(s)) && !e.has(N(s.split(" : ")[0]))).join(`
`);
}
function N(i) {
  return i.replace(/^[\s•–«]+|[\s».]+$/g, "");
}
function pt(i, e) {
  return i.map(
    (t) => c`<figure class="extract">
      <figcaption>${[e.extract, t.section].filter(Boolean).join(", ")}</figcaption>
      <blockquote>${t.words}</blockquote>
    </figure>`
  );
}
function ft(i, e) {
  return i.map(
    (t) => c`<address>
      <span class="hidden">${e.contact} </span>${t.name ? c`<strong>${t.name}</strong>` : d}
      ${t.address ? c`<span>${mt(t, e)}</span>` : d}
    </address>`
  );
}
function mt(i, e) {
  const t = i.address;
  return i.channel !== "phone" ? V(t, e) : c`<a href=${`tel:${t.replace(/[^+\d]/g, "")}`}>${t}</a>`;
}
function gt(i, e) {
  const t = i.call?.situation ? e.situations[i.call.situation] : void 0, s = i.call?.title ? i.text.includes(i.call.title) : !0;
  return t && !s ? c`<p class="call"><span>${i.call.title}</span> <strong>${t}</strong></p>` : d;
}
function $t(i, e, t) {
  return i.length ? c`<details class="sources">
    <summary>${e.sources}</summary>
    <ul>
      ${i.map((s) => c`<li>${vt(s, e, t)}</li>`)}
    </ul>
  </details>` : d;
}
function vt(i, e, t) {
  const s = [i.publisher ? `${i.title} (${i.publisher})` : i.title, i.section];
  i.published_on && s.push(`${e.published} ${I(i.published_on, t)}`), i.checked_on && s.push(`${e.checked} ${I(i.checked_on, t)}`);
  const n = s.filter(Boolean).join(" ; ");
  return i.url?.startsWith("https://") ? c`${n} ; ${Ae(i.url, c`${e.document}<span class="hidden"> : ${i.title}</span>`, e)}` : n;
}
function bt(i, e, t) {
  const s = i.downloads.filter((n) => n.url.startsWith("/"));
  return s.length ? c`<ul class="downloads" aria-label=${t.downloads}>
    ${s.map((n) => c`<li><a href=${e(n.url)} download>${n.label}</a></li>`)}
  </ul>` : d;
}
function yt(i, e) {
  const t = `${e.progress} ${i.done}/${i.total}`;
  return c`<progress max=${i.total} value=${i.done} aria-label=${t}></progress>`;
}
function wt(i, e, t, s, n) {
  if (i.control === "text") return d;
  const o = `answer-${e}`, h = { radio: _t, select: xt, number: At, date: kt }[i.control](i, o, s);
  return c`<form class="control" lang="fr" @submit=${(a) => Et(a, i, t ? null : n)}>
    ${h}<button aria-disabled=${t ? "true" : d}>${s.confirm}</button>
  </form>`;
}
function _t(i, e) {
  return c`<fieldset>
    <legend class="hidden">${i.label}</legend>
    ${i.options.map(
    (t, s) => c`<div class="radio">
        <input type="radio" id=${`${e}-${s}`} name=${e} value=${t.id} required />
        <label for=${`${e}-${s}`}>${t.label}</label>
      </div>`
  )}
  </fieldset>`;
}
function xt(i, e, t) {
  return c`<label class="hidden" for=${e}>${i.label}</label>
    <select id=${e} name=${e} required>
      <option value="" selected disabled>${t.choose}</option>
      ${i.options.map((s) => c`<option value=${s.id}>${s.label}</option>`)}
    </select>`;
}
function At(i, e) {
  return c`<label class="hidden" for=${e}>${i.label}</label>
    <input id=${e} name=${e} inputmode="numeric" autocomplete="off" required />`;
}
function kt(i, e) {
  return c`<label class="hidden" for=${e}>${i.label}</label>
    <input type="date" id=${e} name=${e} required />`;
}
function Et(i, e, t) {
  if (i.preventDefault(), !t) return;
  const s = [...new FormData(i.target).values()][0];
  if (typeof s != "string" || !s.trim()) return;
  const n = e.options.find((o) => o.id === s);
  n ? t({ button: n.id }, n.label) : t({ text: s.trim() }, I(s.trim(), "fr"));
}
function St(i, e) {
  const { texts: t } = e;
  return i.from === "person" ? c`<li class="message person"><p class="author">${t.you}</p>${i.text}</li>` : i.answer ? c`<li class="message assistant">${Ct(i, e)}</li>` : c`<li class=${`message assistant notice${i.separator ? " separator" : ""}`}>
      <p class="author">${t.assistant}</p>
      <div lang=${i.own ? d : "fr"}>${xe(i.text, t)}</div>
    </li>`;
}
function Ct(i, e) {
  const { conversation: t, texts: s, language: n, server: o } = e, r = i.answer, h = i === t.asking;
  return c`<p class="author">${s.assistant}</p>
    <div lang="fr">
      ${gt(r, s)} ${xe(ut(r), s)} ${pt(r.extracts, s)}
      ${ft(r.contacts, s)}
    </div>
    ${$t(r.sources, s, n)} ${bt(r, (a) => o + a, s)}
    ${h ? c`${yt(r.form, s)} ${wt(r.form, i.id, t.busy, s, e.answered)}` : d}
    ${r.buttons.length && t.isCurrent(i) ? Tt(i, e) : d} ${Ut(i, e)}`;
}
function Tt(i, { conversation: e, texts: t }) {
  return c`<ul class="choices" lang="fr" aria-label=${t.choices}>
    ${i.answer.buttons.map(
    (s) => c`<li><button type="button" @click=${() => {
      e.press(s);
    }}>${s.label}</button></li>`
  )}
  </ul>`;
}
function Ut(i, { texts: e, judge: t }) {
  const s = i.opinion;
  if (s === "given") return c`<p class="feedback" id=${`opinion-${i.id}`} tabindex="-1">${e.thanks}</p>`;
  if (s === "asked")
    return c`<fieldset class="feedback">
      <legend>${e.useful}</legend>
      <button type="button" @click=${() => t(i, !0)}>${e.yes}</button>
      <button type="button" @click=${() => t(i, !1)}>${e.no}</button>
    </fieldset>`;
  if (s !== "why") return d;
  const n = `opinion-${i.id}`;
  return c`<form class="feedback" @submit=${(r) => {
    r.preventDefault(), t(i, !1, r.target.querySelector("textarea").value.trim());
  }}>
    <label for=${n}>${e.why}</label>
    <textarea id=${n} rows="2" maxlength="500"></textarea>
    <button>${e.sendWhy}</button>
  </form>`;
}
const ke = "(max-width: 30rem), (max-height: 32rem)", qt = me(ke), pe = ge`
    --action: #9ccaf5;
    --on-action: #0b1a29;
    --text: #f2f2f2;
    --soft: #cfd4da;
    --background: #16202b;
    --alternative: #223140;
    --border: #9aa5b1;
    --alert: #ffb3b3;
    color-scheme: dark;
`, Ot = ge`
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
      ${pe}
    }
  }
  @media screen and (prefers-color-scheme: dark) {
    :host(:not([theme])) .root {
      ${pe}
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
  @media ${qt} {
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
`, Pt = 1e3;
class Rt extends U {
  constructor() {
    super(), this.conversation = new rt(this), this.fullScreen = matchMedia(ke), this.client = null, this.seen = 0, this.place = () => {
      const e = this.find("#panel");
      if (!e) return;
      const t = this.shadowRoot.activeElement;
      e.open && e.close(), this.opened && (this.fullScreen.matches ? e.showModal() : e.show(), t?.focus());
    }, this.onSubmit = async (e) => {
      e.preventDefault();
      const t = this.find("#question"), s = t.value.trim();
      if (this.conversation.busy) return;
      const n = s ? [...s].length > Pt ? this.texts.long : "" : this.texts.empty;
      if (n) {
        this.conversation.blame({ text: n, retry: null, field: !0 }), t.focus();
        return;
      }
      t.value = "", await this.conversation.send({ text: s }, s);
    }, this.onTyping = (e) => {
      e.key === "Enter" && !e.shiftKey && !e.isComposing && (e.preventDefault(), this.find("form.ask").requestSubmit());
    }, this.onKey = (e) => {
      e.key === "Escape" && (e.preventDefault(), e.stopPropagation(), this.close());
    }, this.onCancel = (e) => {
      e.target === e.currentTarget && (e.preventDefault(), this.close());
    }, this.answered = async (e, t) => {
      await this.conversation.send(e, t), await this.updateComplete, this.conversation.fault || this.settle("form.control input, form.control select", "#question");
    }, this.judge = async (e, t, s) => {
      const n = this.conversation.judge(e, t, s);
      await this.updateComplete, this.settle(`#opinion-${e.id}`), await n, await this.updateComplete, this.settle(`#opinion-${e.id}`, "#question");
    }, this.person = () => {
      this.focusOn("#question"), this.conversation.send({ text: ht.person }, this.texts.person);
    }, this.restart = () => {
      this.conversation.restart(), this.focusOn("#question");
    }, this.askErase = () => {
      this.conversation.busy || this.find(".confirm").showModal();
    }, this.closeDialog = () => this.find(".confirm").close(), this.onDialogKey = (e) => {
      e.key === "Escape" && e.stopPropagation();
    }, this.erase = async () => {
      this.closeDialog(), await this.conversation.erase(), this.focusOn("#question");
    }, this.copy = async () => {
      try {
        await navigator.clipboard.writeText(this.conversation.transcript()), this.conversation.announce(this.texts.copied);
      } catch {
        this.conversation.announce(this.texts.notCopied);
      }
    }, this.save = () => {
      const e = document.createElement("a");
      e.href = URL.createObjectURL(new Blob([this.conversation.transcript()], { type: "text/plain;charset=utf-8" })), e.download = "conversation.txt", e.click(), setTimeout(() => URL.revokeObjectURL(e.href), 1e3), this.conversation.announce(this.texts.saved);
    }, this.server = "", this.call = "", this.region = "", this.language = "fr", this.opened = !1;
  }
  static {
    this.styles = Ot;
  }
  static {
    this.properties = {
      server: { type: String },
      call: { type: String },
      region: { type: String },
      language: { type: String },
      theme: { type: String, reflect: !0 },
      position: { type: String, reflect: !0 },
      opened: { type: Boolean, reflect: !0 }
    };
  }
  connectedCallback() {
    super.connectedCallback(), this.server || (this.server = new URL(import.meta.url).origin), this.server = this.server.replace(/\/+$/, ""), this.fullScreen.addEventListener("change", this.place), this.hasUpdated && this.place();
  }
  disconnectedCallback() {
    this.fullScreen.removeEventListener("change", this.place), super.disconnectedCallback();
  }
  /** Opens the panel and puts the focus in the question. */
  open() {
    this.opened || (this.opened = !0, this.tell("ars-open"));
  }
  /** Closes the panel; the conversation stays. */
  close() {
    this.opened && (this.opened = !1, this.tell("ars-close"));
  }
  /** Asks a question, as if it had been typed. */
  async ask(e) {
    this.open(), await this.conversation.send({ text: e }, e);
  }
  get api() {
    const e = () => ({ ...this.call && { call: this.call }, ...this.region && { region: this.region } });
    return this.client ??= new it(this.server, e);
  }
  get texts() {
    return lt(this.language);
  }
  tell(e) {
    this.dispatchEvent(new CustomEvent(e, { bubbles: !0, composed: !0 }));
  }
  render() {
    const { fault: e, status: t, busy: s, messages: n } = this.conversation, { conversation: o, texts: r, language: h, server: a, answered: u, judge: m } = this, l = { conversation: o, texts: r, language: h, server: a, answered: u, judge: m };
    return c`<div class="root" role="region" aria-label=${this.texts.assistant} lang=${Z(this.language) ? "en" : "fr"}>
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => this.opened ? this.close() : this.open()}
      >
        ${this.opened ? this.texts.close : this.texts.open}
      </button>
      <dialog class="panel" id="panel" aria-labelledby="title" @keydown=${this.onKey} @cancel=${this.onCancel}>
        <div class="inner">
          <div class="head">
            <h2 id="title">${this.texts.title}</h2>
            ${this.shutButton("close")}
          </div>
          <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${this.texts.log} tabindex="0">
            <ol>
              ${tt(
      n,
      (p) => p.id,
      (p) => St(p, l)
    )}
            </ol>
          </div>
          <p role="status">${t}</p>
          <div role="alert">${e ? this.error() : d}</div>
          <form class="ask" @submit=${this.onSubmit} novalidate>
            <label for="question">${this.texts.question}</label>
            <textarea
              id="question"
              rows="2"
              aria-describedby=${e?.field ? "help fault" : "help"}
              aria-invalid=${e?.field ? "true" : d}
              @keydown=${this.onTyping}
            ></textarea>
            <div class="send">
              <p class="help" id="help">${this.texts.help}</p>
              <button class="main" aria-disabled=${s ? "true" : d}>${this.texts.send}</button>
            </div>
            ${this.menu()} ${this.shutButton("close low")}
          </form>
        </div>
        <dialog class="confirm" aria-labelledby="erase-text" @keydown=${this.onDialogKey}>
          <p id="erase-text">${this.texts.eraseSure}</p>
          <div class="send">
            <button type="button" @click=${this.closeDialog}>${this.texts.eraseNo}</button>
            <button type="button" class="main" @click=${this.erase}>${this.texts.eraseYes}</button>
          </div>
        </dialog>
      </dialog>
    </div>`;
  }
  shutButton(e) {
    return c`<button class=${e} type="button" @click=${() => this.close()}>
      ${this.texts.shut}<span class="hidden"> ${this.texts.shutWhat}</span>
    </button>`;
  }
  menu() {
    const e = [
      [this.texts.person, this.person],
      [this.texts.restart, this.restart],
      [this.texts.copy, this.copy],
      [this.texts.save, this.save],
      [this.texts.erase, this.askErase]
    ];
    return c`<details class="menu">
      <summary class="menu-title">${this.texts.menu}</summary>
      <ul>
        ${e.map(([t, s]) => c`<li><button type="button" @click=${() => this.command(s)}>${t}</button></li>`)}
        <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${this.texts.page} (${this.texts.newWindow})</a></li>
      </ul>
    </details>`;
  }
  error() {
    const { text: e, retry: t } = this.conversation.fault;
    return c`<div class="error" id="fault">
      <p>${e}</p>
      ${t ? c`<button type="button" @click=${() => this.retry(t)}>${this.texts.retry}</button>` : d}
    </div>`;
  }
  updated(e) {
    e.has("opened") && (this.opened || e.get("opened")) && (this.place(), this.focusOn(this.opened ? "#question" : ".launcher"), this.opened && this.conversation.greet());
    const t = this.conversation.messages[this.conversation.messages.length - 1]?.id ?? 0;
    if (t !== this.seen) {
      this.seen = t;
      const s = this.renderRoot.querySelectorAll(".person, .separator");
      s[s.length - 1]?.scrollIntoView({ block: "start" });
    }
  }
  retry(e) {
    this.focusOn("#question"), e();
  }
  command(e) {
    this.find(".menu").open = !1, this.focusOn("summary.menu-title"), e();
  }
  /** Puts the focus on the first of these that is there. */
  focusOn(...e) {
    for (const t of e) {
      const s = this.find(t);
      if (s) return s.focus();
    }
  }
  /** The same, unless the person is elsewhere: what had the focus went away. */
  settle(...e) {
    this.shadowRoot.activeElement || this.focusOn(...e);
  }
  find(e) {
    return this.renderRoot.querySelector(e);
  }
}
customElements.get("ars-assistant") || customElements.define("ars-assistant", Rt);
export {
  Rt as ArsAssistant
};
