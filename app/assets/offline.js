// What a browser keeps while the net is away (trust.md T15): sealed by AES-GCM under a key the server hands out for this session. The key
// is kept in memory only, names of entries tell nothing, and what another session left cannot be read and is removed.
"use strict";
const Offline = (() => {
  const PREFIX = "xz-offline-", STORE = "xz-offline", utf8 = new TextEncoder();
  const b64 = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
  const unb64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const mine = () => Object.keys(localStorage).filter((k) => k.startsWith(PREFIX));
  function wipe() {
    mine().forEach((k) => localStorage.removeItem(k));
    indexedDB.deleteDatabase(STORE);
  }
  // Photographs are too large for localStorage.
  function room(mode, act) {
    return new Promise((done, fail) => {
      const open = indexedDB.open(STORE, 1);
      open.onupgradeneeded = () => open.result.createObjectStore("sealed");
      open.onerror = () => fail(open.error);
      open.onsuccess = () => {
        const db = open.result, work = db.transaction("sealed", mode), asked = act(work.objectStore("sealed"));
        work.oncomplete = () => { db.close(); done(asked.result); };
        work.onerror = work.onabort = () => { db.close(); fail(work.error); };
      };
    });
  }
  function of(place) {
    const bound = utf8.encode(place);
    let key = null, name = "";
    async function ready() {
      if (key) return true;
      const answer = await fetch("/offline-key", { redirect: "error", cache: "no-store" });
      if (!answer.ok) return false;
      const bytes = Uint8Array.from((await answer.json()).key.match(/../g), (h) => parseInt(h, 16));
      const named = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
      name = PREFIX + b64(new Uint8Array(await crypto.subtle.sign("HMAC", named, bound))).slice(0, 22);
      key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      bytes.fill(0);
      return true;
    }
    async function seal(bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return [iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, bytes))];
    }
    const open = async (iv, sealed) => new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound }, key, sealed));
    async function keep(said) {
      const [iv, sealed] = await seal(utf8.encode(JSON.stringify(said)));
      localStorage.setItem(name, `${b64(iv)}.${b64(sealed)}`);
    }
    async function read() {
      const entry = localStorage.getItem(name);
      if (!entry) return null;
      try {
        const [iv, sealed] = entry.split(".").map(unb64);
        return JSON.parse(new TextDecoder().decode(await open(iv, sealed)));
      } catch { localStorage.removeItem(name); return null; }
    }
    // False where nothing was ever kept.
    function drop() {
      if (name) localStorage.removeItem(name);
      return name !== "";
    }
    const photos = {
      put: async (id, said, bytes) => {
        const head = utf8.encode(JSON.stringify(said)), all = new Uint8Array(4 + head.length + bytes.length);
        new DataView(all.buffer).setUint32(0, head.length);
        all.set(head, 4);
        all.set(bytes, 4 + head.length);
        const [iv, sealed] = await seal(all);
        await room("readwrite", (s) => s.put({ iv, sealed }, `${name}.${id}`));
      },
      all: async () => {
        const keys = (await room("readonly", (s) => s.getAllKeys())).filter((k) => String(k).startsWith(`${name}.`)), found = [];
        for (const k of keys) {
          try {
            const kept = await room("readonly", (s) => s.get(k)), all = await open(kept.iv, kept.sealed);
            const head = new DataView(all.buffer).getUint32(0);
            found.push({ id: String(k).slice(name.length + 1), said: JSON.parse(new TextDecoder().decode(all.slice(4, 4 + head))), bytes: all.slice(4 + head) });
          } catch { await room("readwrite", (s) => s.delete(k)); }
        }
        return found;
      },
      remove: (id) => room("readwrite", (s) => s.delete(`${name}.${id}`)),
    };
    return { ready, keep, read, drop, photos };
  }
  return { PREFIX, of, wipe, left: () => mine().length > 0 };
})();
