// Compresses files as far as brotli and gzip go. Standard input: {"write": [paths], "measure": [paths]}; standard output:
// {path: bytes in brotli}. The files of `write` get a `.br` and a `.gz` beside them.
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS } = constants;

const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY,
      [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS,
      [BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

let input = "";
for await (const part of process.stdin) input += part;
const { write = [], measure = [] } = JSON.parse(input);

const sizes = {};
const measured = measure.map(async (path) => {
  sizes[path] = (await brotli(await readFile(path))).length;
});
const written = write.map(async (path) => {
  const bytes = await readFile(path);
  const [br, gz] = await Promise.all([brotli(bytes), promisify(gzip)(bytes, { level: 9 })]);
  sizes[path] = br.length;
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
});
await Promise.all([...measured, ...written]);
process.stdout.write(JSON.stringify(sizes));
