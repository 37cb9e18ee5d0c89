// Compares what the replay page's script says of each file of a folder with what `ledger` said of it.
"use strict";
const fs = require("fs"), path = require("path"), assert = require("assert");
const { replay } = require(path.resolve(process.argv[2]));
(async () => {
  const dir = process.argv[3];
  const names = fs.readdirSync(dir).filter((n) => n.endsWith(".json"));
  for (const name of names) {
    const told = JSON.parse(fs.readFileSync(path.join(dir, name.replace(".json", ".told")), "utf8"));
    let mine = { ok: false };
    try {
      mine = { ok: true, replayed: await replay(new Uint8Array(fs.readFileSync(path.join(dir, name)))) };
    } catch (e) {
      if (!e.refused) throw e;
      mine.say = e.message;
    }
    assert.strictEqual(mine.ok, told.ok, `${name}: ${JSON.stringify(mine.say)} but ${JSON.stringify(told.say)}`);
    if (told.ok) assert.deepStrictEqual(mine.replayed, told.replayed, name);
  }
  console.log(`${names.length} files`);
})().catch((e) => { console.error(e); process.exit(1); });
