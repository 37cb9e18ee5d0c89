// Replays a draw in the browser from its proof file alone; docs/draw-proof.md is the description. Nothing leaves the machine.
// Also loads in node, where ledger/tests/draw_page.rs compares it with the crate `ledger` over many files.
"use strict";
(() => {
  const FORMAT = "xiezhi-draw-v1", LATEST = Number.MAX_SAFE_INTEGER, U32 = 2 ** 32 - 1, MUST = "must";
  const utf8 = new TextEncoder();
  const refuse = (say) => { throw Object.assign(new Error(say), { refused: true }); };
  const must = (holds, say) => { if (!holds) refuse(say); };
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (p) => parseInt(p, 16));
  const isHex = (text, bytes) => text.length === 2 * bytes && /^[0-9a-f]*$/.test(text);
  const concat = (parts) => {
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => (all.set(p, at), at + p.length), 0);
    return all;
  };
  const lp = (...parts) => concat(parts.flatMap((p) => {
    const bytes = typeof p === "string" ? utf8.encode(p) : p, n = bytes.length;
    return [Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n), bytes];
  }));
  // Byte order of UTF-8 is the order of code points; UTF-16 differs where surrogates meet U+E000 to U+FFFF.
  const compare = (a, b) => {
    for (let i = 0, n = Math.min(a.length, b.length); i < n; i += 1) {
      let x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x === y) continue;
      if (x >= 0xd800 && y >= 0xd800) { x = x >= 0xe000 ? x - 0x800 : x + 0x2000; y = y >= 0xe000 ? y - 0x800 : y + 0x2000; }
      return x - y;
    }
    return a.length - b.length;
  };
  const ascending = (texts) => texts.every((t, n) => n === 0 || compare(texts[n - 1], t) < 0);

  // SM3, GB/T 32905-2016.
  const rotl = (x, n) => (x << n) | (x >>> (32 - n));
  const T = Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));
  function sm3(message) {
    const length = message.length, blocks = Math.ceil((length + 9) / 64);
    const padded = new Uint8Array(blocks * 64);
    padded.set(message);
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(blocks * 64 - 8, Math.floor(length / 0x20000000));
    view.setUint32(blocks * 64 - 4, (length << 3) >>> 0);
    const V = Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e);
    const W = new Int32Array(68);
    for (let at = 0; at < padded.length; at += 64) {
      for (let j = 0; j < 16; j += 1) W[j] = view.getInt32(at + 4 * j);
      for (let j = 16; j < 68; j += 1) {
        const x = W[j - 16] ^ W[j - 9] ^ rotl(W[j - 3], 15);
        W[j] = x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(W[j - 13], 7) ^ W[j - 6];
      }
      let [a, b, c, d, e, f, g, h] = V;
      for (let j = 0; j < 64; j += 1) {
        const s1 = rotl((rotl(a, 12) + e + T[j]) | 0, 7), s2 = s1 ^ rotl(a, 12);
        const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c), gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        const t1 = (ff + d + s2 + (W[j] ^ W[j + 4])) | 0, t2 = (gg + h + s1 + W[j]) | 0;
        d = c; c = rotl(b, 9); b = a; a = t1;
        h = g; g = rotl(f, 19); f = e; e = t2 ^ rotl(t2, 9) ^ rotl(t2, 17);
      }
      [a, b, c, d, e, f, g, h].forEach((x, n) => { V[n] ^= x; });
    }
    const out = new Uint8Array(32), words = new DataView(out.buffer);
    V.forEach((x, n) => words.setInt32(4 * n, x));
    return out;
  }
  const sha256 = async (message) => new Uint8Array(await crypto.subtle.digest("SHA-256", message));
  const HASHES = { sm3, sha256 };
  // Hashes of many messages; in portions, because every digest of WebCrypto is a promise.
  async function hashes(hash, messages) {
    const out = [];
    for (let at = 0; at < messages.length; at += 4096) out.push(...await Promise.all(messages.slice(at, at + 4096).map(hash)));
    return out;
  }
  async function poolRoot(hash, lines) {
    let level = await hashes(hash, lines.map((l) => concat([Uint8Array.of(0), utf8.encode(l)])));
    while (level.length > 1) {
      const pairs = [];
      for (let n = 0; n + 1 < level.length; n += 2) pairs.push(concat([Uint8Array.of(1), level[n], level[n + 1]]));
      const odd = level.length % 2 ? [level[level.length - 1]] : [];
      level = [...await hashes(hash, pairs), ...odd];
    }
    return level[0];
  }

  // The shape of the file. Rebuilding it with fields in their order and writing it again must give the same bytes.
  const text = (v) => { must(typeof v === "string" && !/[\ud800-\udfff]/u.test(v), "应为字符串。"); return v; };
  const int = (most) => (v) => { must(Number.isInteger(v) && v >= 0 && v <= most, "数字应为非负整数，不得过大。"); return v; };
  const time = int(LATEST), flag = (v) => { must(typeof v === "boolean", "应为 true 或 false。"); return v; };
  const list = (of) => (v) => { must(Array.isArray(v), "应为列表。"); return v.map(of); };
  const tuple = (...of) => (v) => { must(Array.isArray(v) && v.length === of.length, "列表长短不对。"); return of.map((f, n) => f(v[n])); };
  const object = (fields) => (v) => {
    must(v !== null && typeof v === "object" && !Array.isArray(v), "应为对象。");
    must(Object.keys(v).length === Object.keys(fields).length, "缺字段或多字段。");
    return Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, of(v[name])]));
  };
  const SHAPE = object({
    format: text, alg: text,
    announcement: object({
      id: text, purpose: text, round: int(U32), previous: text, reason: text, at: time, t0: time, t1: time, t2: time,
      parties: list(object({ code: text, body: text })), beacon: text, exclusions: list(text),
      draws: list(object({ id: text, kind: text, size: int(U32), match: text, one_per_unit: flag, quotas: list(tuple(text, int(U32), int(U32))) })),
    }),
    draw: text, frozen: object({ at: time, checkpoint: text, root: text, lines: list(text) }),
    excluded: list(object({ id: text, reason: text })),
    seals: list(object({ party: text, commitment: text, committed_at: time, secret: text, revealed_at: time })),
    beacon: object({ value: text, at: time }), drawn_at: time, seed: text, chosen: list(text),
    substitutions: list(object({ at: time, out: text, reason: text, in: text })),
    ledger: (v) => v === null ? null : object({ size: time, entries: list(object({ index: time, bytes: text, path: list(text) })) })(v),
    digest: text,
  });
  const control = /[\u0000-\u001f\u007f-\u009f]/;
  const within = (t, most) => t !== "" && !control.test(t) && (t.length * 3 <= most || utf8.encode(t).length <= most);
  const isCode = (t) => within(t, 200), isText = (t) => within(t, 2000);
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

  function checkAnnouncement(a) {
    const first = a.round === 1 && a.previous === "" && a.reason === "";
    const again = a.round > 1 && isCode(a.previous) && a.previous !== a.id && isText(a.reason);
    must(isCode(a.id) && isText(a.purpose) && (first || again), "公告的编号、事由或次数不合规定。");
    const codes = a.parties.map((p) => p.code);
    must(codes.length >= 2 && codes.length <= 20 && new Set(a.parties.map((p) => p.body)).size >= 2, "封口方至少两个，且来自不同单位。");
    must(a.parties.every((p) => isCode(p.code) && isText(p.body)) && ascending(codes), "封口方须有代码和单位，按代码升序，不重复。");
    must(a.exclusions.every(isText), "回避规则不合规定。");
    must(a.draws.length > 0 && ascending(a.draws.map((d) => d.id)), "抽取要求须按编号升序，不重复。");
    must(a.at < a.t0 && a.t0 < a.t1 && a.t1 < a.t2, "应为：公告时间 < T0 < T1 < T2。");
    if (a.beacon !== "") checkBeaconName(a.beacon);
    a.draws.forEach(checkSpec);
  }
  function checkSpec(s) {
    const panel = s.kind === "panel", least = sum(s.quotas.map((q) => q[1])), most = sum(s.quotas.map((q) => q[2]));
    const exact = s.quotas.length > 0 && s.quotas.every((q) => q[1] === q[2]) && least === s.size;
    const quotas = { panel: s.quotas.length === 0 || (least <= s.size && s.size <= most), fixed: exact, simple: s.quotas.length === 0, proportional: s.quotas.length === 0 };
    must(isCode(s.id) && Object.hasOwn(quotas, s.kind) && quotas[s.kind], `“${s.id}”的名额与总数不符。`);
    must(s.quotas.every((q) => isCode(q[0]) && q[1] <= q[2] && (panel || q[0] !== MUST)) && ascending(s.quotas.map((q) => q[0])), `“${s.id}”的名额写法不对。`);
    must(panel ? s.size >= 3 && s.size <= 99 && s.size % 2 === 1 : s.size <= 1000000, `“${s.id}”的人数或件数不合规定。`);
    must(panel || (s.match === "" && !s.one_per_unit), "专业匹配和同一单位至多一人只用于评查组。");
    must(s.match === "" || (isCode(s.match) && !/[/+]/.test(s.match)), "专业代码不合规定。");
  }
  function checkBeaconName(name) {
    const parts = name.split(";"), form = /^(ssq-[0-9]{7}|(dlt|pl5)-[0-9]{5}|drand-[0-9a-f]{64}-[1-9][0-9]{0,14})$/;
    must(parts.every((p) => form.test(p)) && new Set(parts).size === parts.length, "信标名不认得，或写了两次。");
  }
  const balls = (part, count, most) => {
    const numbers = part.split(",");
    return numbers.length === count && numbers.every((b, n) => /^[0-9]{2}$/.test(b) && Number(b) >= 1 && Number(b) <= most && (n === 0 || Number(numbers[n - 1]) < Number(b)));
  };
  const pair = (result, f, b) => { const parts = result.split("+"); return parts.length === 2 && balls(parts[0], ...f) && balls(parts[1], ...b); };
  const RESULTS = {
    ssq: (r) => pair(r, [6, 33], [1, 16]), dlt: (r) => pair(r, [5, 35], [2, 12]),
    pl5: (r) => /^[0-9](,[0-9]){4}$/.test(r), drand: (r) => isHex(r, 32),
  };
  function checkBeaconValue(name, value) {
    if (name === "") return must(value === "", "公告没有信标，却填了结果。");
    const names = name.split(";"), values = value.split(";");
    must(names.length === values.length, "信标的项数不对。");
    names.forEach((n, at) => must(values[at].startsWith(`${n}:`) && RESULTS[n.split("-")[0]](values[at].slice(n.length + 1)), `“${values[at]}”不是“${n}”可能的结果。`));
  }
  function candidates(lines) {
    must(lines.length >= 1 && lines.length <= 5000000, "候选名单须有 1 至 5000000 行。");
    const all = lines.map((line, n) => {
      const parts = line.split("\t");
      must((parts.length === 2 || parts.length === 3) && parts.every(isCode), `名单第 ${n + 1} 行写法不对。`);
      return { id: parts[0], stratum: parts[1], org: parts[2] ?? "" };
    });
    must(ascending(all.map((c) => c.id)), "名单没有按字节升序，或有重复。");
    return all;
  }
  // Seals: the secrets revealed, and what a reader should know.
  async function secrets(p, hash, notes) {
    const a = p.announcement, out = [];
    must(p.seals.length === a.parties.length && p.seals.every((s, n) => s.party === a.parties[n].code), "应逐一列出公告的封口方，次序相同。");
    for (const s of p.seals) {
      const silent = s.secret === "" && s.revealed_at === 0, none = s.commitment === "" && s.committed_at === 0;
      if (silent) must(none || isHex(s.commitment, 32), `“${s.party}”的封口写法不对。`);
      else {
        must(isHex(s.secret, 16), `“${s.party}”揭晓的写法不对。`);
        const secret = unhex(s.secret);
        must(hex(await hash(lp(a.id, s.party, secret))) === s.commitment, `“${s.party}”揭晓的与封口不符。`);
        out.push(secret);
      }
      if (s.commitment === "") notes.push(`“${s.party}”没有封口，不参与种子。`);
      else if (s.secret === "") notes.push(`“${s.party}”封口后没有揭晓，不参与种子，已记录。`);
    }
    if (a.beacon === "") {
      const bodies = new Set(p.seals.flatMap((s, n) => s.secret === "" ? [] : [a.parties[n].body]));
      must(bodies.size >= 2 && !p.seals.some((s) => s.secret === "" && s.commitment !== ""), "没有公开信标时，已封口的各方必须全部揭晓，且至少来自两个单位。");
      notes.push("没有公开信标：种子只由各方封口产生，各方串通时可以左右结果。");
    }
    return out;
  }
  function checkTimes(p) {
    const a = p.announcement, between = (x, from, to) => x >= from && x <= to;
    must(between(p.frozen.at, a.at, a.t0), "名单须在公告之后、T0 之前冻结。");
    must(p.seals.every((s) => s.commitment === "" || between(s.committed_at, a.at, a.t0)), "封口须在公告之后、T0 之前。");
    must(p.seals.every((s) => s.secret === "" || between(s.revealed_at, a.t0 + 1, a.t1)), "揭晓须在 T0 之后、T1 之前。");
    must(a.beacon === "" ? p.beacon.at === 0 : between(p.beacon.at, a.t1 + 1, p.drawn_at), "信标须在 T1 之后、抽取之前开出。");
    must(p.drawn_at >= a.t2, "抽取须在 T2 之后。");
  }
  async function checkEvidence(p, hash, announced) {
    const held = [], node = (l, r) => hash(concat([Uint8Array.of(1), l, r]));
    for (const e of p.ledger.entries) {
      must(isHex(e.bytes, e.bytes.length / 2) && e.path.every((h) => isHex(h, 32)) && e.index < p.ledger.size, "台账条目写法不对。");
      const entry = unhex(e.bytes);
      let r = await hash(concat([Uint8Array.of(0), await hash(entry)])), fn = BigInt(e.index), sn = BigInt(p.ledger.size) - 1n;
      for (const h of e.path.map(unhex)) {
        must(sn !== 0n, "台账条目不在 T0 检查点之下。");
        if (fn & 1n || fn === sn) {
          r = await node(h, r);
          while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
        } else r = await node(r, h);
        fn >>= 1n; sn >>= 1n;
      }
      must(sn === 0n && hex(r) === p.frozen.checkpoint, "台账条目不在 T0 检查点之下。");
      held.push(e.bytes);
    }
    const asked = [announced, p.frozen.root, ...p.seals.map((s) => s.commitment).filter((c) => c !== "")];
    const found = (t) => { const h = hex(utf8.encode(t)); return held.some((b) => { for (let i = b.indexOf(h); i >= 0; i = b.indexOf(h, i + 1)) if (i % 2 === 0) return true; return false; }); };
    must(asked.every(found), "T0 检查点之下的条目里没有公告指纹、名单指纹或封口。");
  }

  // Seats: rows, then who may sit together.
  function field(spec, all, excluded) {
    const panel = spec.kind === "panel", sizes = new Map(), open = all.map((c) => !excluded.has(c.id));
    const rowOf = (c) => panel ? c.stratum.split("/")[0] : c.stratum === MUST ? MUST : spec.kind === "simple" ? "" : c.stratum;
    all.forEach((c, n) => { const s = sizes.get(rowOf(c)) ?? [0, 0]; sizes.set(rowOf(c), [s[0] + 1, s[1] + (open[n] ? 1 : 0)]); });
    let seats;
    if (panel && spec.quotas.length === 0) seats = [...sizes.keys()].map((k) => [k, 0, spec.size]);
    else if (panel || spec.kind === "fixed") seats = spec.quotas.map((q) => [...q]);
    else if (spec.kind === "simple") seats = [["", spec.size, spec.size]];
    else seats = apportion(spec.size, [...sizes].filter(([k]) => k !== MUST).map(([k, s]) => [k, s[1]])).map(([k, n]) => [k, n, n]);
    const extra = panel ? 0 : sizes.get(MUST)?.[1] ?? 0;
    if (extra > 0) seats.push([MUST, extra, extra]);
    seats.sort((a, b) => compare(a[0], b[0]));
    const rows = seats.map(([stratum, least, most]) => { const [listed, eligible] = sizes.get(stratum) ?? [0, 0]; return { stratum, least, most, listed, eligible }; });
    const places = new Map(rows.flatMap((r, n) => r.most > 0 ? [[r.stratum, n]] : []));
    const fits = (c) => spec.match === "" || (c.stratum.includes("/") && c.stratum.slice(c.stratum.indexOf("/") + 1).split("+").includes(spec.match));
    const seat = (n) => {
      const row = places.get(rowOf(all[n]));
      return open[n] && row !== undefined ? { row, unit: spec.one_per_unit && all[n].org !== "" ? `u${all[n].org}` : n, fits: fits(all[n]) } : null;
    };
    return { panel, rows, open, seat, size: spec.size + extra, match: spec.match !== "" };
  }
  function apportion(size, strata) {
    const total = sum(strata.map((s) => s[1])), out = strata.map(([k, n]) => ({ k, n: total ? Math.floor(size * n / total) : 0, rest: total ? (size * n) % total : 0 }));
    out.sort((a, b) => b.rest - a.rest || compare(a.k, b.k));
    let left = size - sum(out.map((s) => s.n));
    for (const s of out) if (s.rest > 0 && left > 0) { s.n += 1; left -= 1; }
    return out.map((s) => [s.k, s.n]);
  }
  // Whether the seats left can be filled from those who remain.
  function completable(f, state, rest) {
    const free = f.rows.map(() => new Map());
    for (const n of rest) {
      const s = f.seat(n);
      if (!s || state.most[s.row] <= 0 || state.units.has(s.unit)) continue;
      free[s.row].set(s.unit, (free[s.row].get(s.unit) ?? false) || s.fits);
    }
    if (!state.match) return fillable(state, free);
    return free.some((units, row) => [...units].some(([unit, fits]) => fits && fillable(take(state, { row, unit, fits }), free)));
  }
  function take(state, s) {
    const next = { left: state.left - 1, least: [...state.least], most: [...state.most], units: new Set(state.units).add(s.unit), match: state.match && !s.fits };
    next.least[s.row] = Math.max(0, next.least[s.row] - 1);
    next.most[s.row] -= 1;
    return next;
  }
  function fillable(state, free) {
    if (state.left < 0 || sum(state.least) > state.left) return false;
    const held = new Map();
    const place = (row, seen) => {
      for (const unit of free[row].keys()) {
        if (state.units.has(unit) || seen.has(unit)) continue;
        seen.add(unit);
        if (!held.has(unit) || place(held.get(unit), seen)) { held.set(unit, row); return true; }
      }
      return false;
    };
    for (let row = 0; row < free.length; row += 1) for (let n = 0; n < state.least[row]; n += 1) if (!place(row, new Set())) return false;
    for (let row = 0; row < free.length; row += 1) {
      for (let n = state.least[row]; n < state.most[row] && held.size < state.left; n += 1) if (!place(row, new Set())) break;
    }
    return held.size >= state.left;
  }
  function choose(f, order) {
    let state = { left: f.size, least: f.rows.map((r) => r.least), most: f.rows.map((r) => r.most), units: new Set(), match: f.match };
    const chosen = [], no = new Set();
    const short = () => refuse("抽不出合规的结果：名额、单位或专业的要求满足不了。");
    if (f.panel ? !completable(f, state, order) : f.rows.some((r) => r.eligible < r.least)) short();
    for (let n = 0; n < order.length && state.left > 0; n += 1) {
      const s = f.seat(order[n]);
      if (!s || state.most[s.row] <= 0 || state.units.has(s.unit)) continue;
      if (!f.panel) { state.left -= 1; state.most[s.row] -= 1; chosen.push(order[n]); continue; }
      const like = JSON.stringify([s.row, s.unit, s.fits]);
      if (no.has(like)) continue;
      const after = take(state, s);
      if (completable(f, after, order.slice(n + 1))) { state = after; chosen.push(order[n]); } else no.add(like);
    }
    if (state.left > 0) short();
    return chosen;
  }
  function substitute(p, f, all, order, chosen) {
    const byId = new Map(all.map((c, n) => [c.id, n])), seated = new Set(chosen), gone = new Set();
    let last = p.drawn_at;
    for (const s of p.substitutions) {
      const out = byId.get(s.out);
      must(out !== undefined && f.open[out] && !gone.has(out), `“${s.out}”不在可抽的名单里，或已经退出过。`);
      must(isText(s.reason) && s.at >= last, `“${s.out}”退出的理由或时间不对。`);
      gone.add(out);
      last = s.at;
      let into;
      if (seated.delete(out)) {
        const lost = f.seat(out), stay = [...seated].map(f.seat), count = f.rows.map(() => 0), units = new Set(stay.map((x) => x.unit));
        stay.forEach((x) => { count[x.row] += 1; });
        const short = count[lost.row] < f.rows[lost.row].least, wanting = f.match && lost.fits && !stay.some((x) => x.fits);
        into = order.find((n) => {
          const x = f.seat(n);
          return x && !seated.has(n) && !gone.has(n) && count[x.row] < f.rows[x.row].most && !units.has(x.unit) && (!short || x.row === lost.row) && (!wanting || x.fits);
        });
        if (into !== undefined) seated.add(into);
      }
      const name = into === undefined ? "" : all[into].id;
      must(s.in === name, `“${s.out}”退出后应由“${name}”递补，文件写的是“${s.in}”。`);
    }
    return seated;
  }

  // bytes: Uint8Array of the file. Gives what `xiezhi draw replay --json` gives under `replayed`, or throws with `refused`.
  async function replay(bytes) {
    let source, p;
    try {
      source = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      p = JSON.parse(source);
    } catch { refuse("不是抽取证明文件。"); }
    p = SHAPE(p);
    must(p.format === FORMAT && Object.hasOwn(HASHES, p.alg), "文件格式或杂凑算法不认得。");
    must(`${JSON.stringify(p)}\n` === source, "文件不是规定的写法：应为紧凑 JSON，字段按规定次序，末尾一个换行。");
    const hash = HASHES[p.alg];
    must(hash !== sha256 || globalThis.crypto?.subtle, "本页不在安全连接上，浏览器不提供 SHA-256。请改用 https 打开，或用命令行核验。");
    const head = bytes.subarray(0, bytes.length - utf8.encode(`,"digest":${JSON.stringify(p.digest)}}\n`).length);
    const digest = hex(await hash(head));
    must(digest === p.digest, `文件摘要不符：文件写的是 ${p.digest}，重算为 ${digest}。文件被改动。`);
    const a = p.announcement, notes = [];
    checkAnnouncement(a);
    const spec = a.draws.find((d) => d.id === p.draw);
    must(spec, `公告里没有抽取“${p.draw}”。`);
    const all = candidates(p.frozen.lines), root = await poolRoot(hash, p.frozen.lines);
    must(hex(root) === p.frozen.root, `名单指纹不符：重算为 ${hex(root)}。`);
    must(isHex(p.frozen.checkpoint, 32), "检查点的根写法不对。");
    const revealed = await secrets(p, hash, notes);
    checkBeaconValue(a.beacon, p.beacon.value);
    checkTimes(p);
    const announced = hex(await hash(lp("draw-announcement-v1", JSON.stringify(a))));
    if (p.ledger) await checkEvidence(p, hash, announced);
    else notes.push("文件不含台账凭据：请把公告指纹、名单指纹、文件摘要与公布的比对。");
    const seed = await hash(lp("draw-seed-v1", p.draw, root, unhex(p.frozen.checkpoint), ...revealed, p.beacon.value));
    must(hex(seed) === p.seed, `种子不符：重算为 ${hex(seed)}。`);
    const values = (await hashes(hash, all.map((c) => lp("draw-ticket-v1", seed, c.id)))).map(hex);
    const order = all.map((_, n) => n).sort((x, y) => values[x] < values[y] ? -1 : values[x] > values[y] ? 1 : x - y);
    must(p.excluded.every((e) => isCode(e.id) && isText(e.reason)) && ascending(p.excluded.map((e) => e.id)), "回避名单写法不对。");
    const f = field(spec, all, new Set(p.excluded.map((e) => e.id))), chosen = choose(f, order), seats = new Set(chosen);
    const id = (n) => all[n].id, names = chosen.map(id);
    must(names.length === p.chosen.length && names.every((n, at) => n === p.chosen[at]), `抽中名单不符：重算为 ${names.slice(0, 50).join(" ")}。`);
    const seated = substitute(p, f, all, order, chosen);
    const tickets = order.map((n) => ({ ...all[n], ticket: values[n] }));
    tickets.forEach((t) => { if (t.org === "") delete t.org; });
    return {
      draw: p.draw, purpose: a.purpose, round: a.round, digest, announcement: announced, root: hex(root), seed: hex(seed), quotas: f.rows, tickets,
      chosen: names, alternates: order.filter((n) => f.open[n] && !seats.has(n)).map(id), seated: order.filter((n) => seated.has(n)).map(id),
      vacant: chosen.length - seated.size, notes,
    };
  }

  if (typeof module !== "undefined") module.exports = { replay, sm3 };
  if (typeof document === "undefined") return;
  const at = (name) => document.getElementById(name);
  const element = (tag, words, css) => { const e = document.createElement(tag); e.textContent = words; if (css) e.className = css; return e; };
  const show = (name, shown) => { at(name).hidden = !shown; };
  const MOST = 200;
  function fill(r) {
    at("r-title").textContent = `${r.draw} · 第 ${r.round} 次`;
    at("r-purpose").textContent = r.purpose;
    for (const name of ["digest", "announcement", "root", "seed"]) at(`r-${name}`).textContent = r[name];
    at("r-notes").replaceChildren(...r.notes.map((n) => element("li", n)));
    show("r-notes-box", r.notes.length > 0);
    const stratum = new Map(r.tickets.map((t) => [t.id, t.stratum])), seated = new Set(r.seated), chosen = new Set(r.chosen);
    at("r-chosen").replaceChildren(...[...r.chosen, ...r.seated.filter((i) => !chosen.has(i))].slice(0, MOST).map((i, n) => {
      const li = document.createElement("li");
      const first = n < r.chosen.length ? `第 ${n + 1} 名 · ` : "递补 · ";
      if (!seated.has(i)) li.className = "is-void";
      li.append(element("span", first + stratum.get(i), "muted xs"), element("b", i), element("span", seated.has(i) ? "在座" : "已退出", seated.has(i) ? "stage stage--done" : "stage stage--back"));
      return li;
    }));
    at("r-count").textContent = `抽中 ${r.chosen.length}，候补 ${r.alternates.length}${r.vacant > 0 ? `，空缺 ${r.vacant}：候补已尽，须重新公告抽取` : ""}${r.chosen.length > MOST ? `；只列前 ${MOST}` : ""}。`;
    at("r-alternates").textContent = r.alternates.slice(0, MOST).join(" ") + (r.alternates.length > MOST ? ` …… 共 ${r.alternates.length}` : "");
    at("r-quotas").replaceChildren(...r.quotas.map((q) => {
      const tr = document.createElement("tr"), head = element("th", q.stratum === "" ? "全部" : q.stratum);
      head.scope = "row";
      tr.append(head, ...[q.least === q.most ? q.least : `${q.least} 至 ${q.most}`, q.eligible, q.listed].map((n) => element("td", String(n), "num")));
      return tr;
    }));
    const alternates = new Set(r.alternates);
    at("r-tickets").replaceChildren(...r.tickets.slice(0, MOST).map((t, n) => {
      const tr = document.createElement("tr"), head = element("th", t.id), cell = document.createElement("td"), value = document.createElement("td");
      head.scope = "row";
      value.append(element("code", t.ticket, "hash"));
      cell.append(chosen.has(t.id) ? element("span", seated.has(t.id) ? "抽中" : "抽中后退出", seated.has(t.id) ? "tag tag--ink" : "tag tag--red") : seated.has(t.id) ? element("span", "递补", "tag tag--green") : element("span", alternates.has(t.id) ? "候补" : "回避", "tag"));
      tr.append(element("td", String(n + 1), "num"), head, element("td", t.stratum), value, cell);
      return tr;
    }));
    at("r-tickets-more").textContent = r.tickets.length > MOST ? `共 ${r.tickets.length} 票，这里列前 ${MOST} 票；全部见命令行 --json。` : `共 ${r.tickets.length} 票。`;
  }
  at("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    ["ok", "bad", "result"].forEach((n) => show(n, false));
    if (!file) return;
    at("busy").textContent = `正在重算 ${file.name} ……`;
    try {
      fill(await replay(new Uint8Array(await file.arrayBuffer())));
      ["ok", "result"].forEach((n) => show(n, true));
    } catch (e) {
      at("bad-words").textContent = e.refused ? e.message : "本页重算时出错，请用命令行核验。";
      show("bad", true);
      if (!e.refused) throw e;
    } finally {
      at("busy").textContent = "";
    }
  });
  show("no-script", false);
})();
