// Pictures that tests make themselves.
import { randomBytes } from "node:crypto";
import { deflateSync, crc32 } from "node:zlib";

/** A PNG in one colour that no other seed has, as a browser would send it. */
export function picture(seed: number, name = `foto-${seed}.png`, [width, height]: [number, number] = [480, 360]): { name: string; mimeType: string; buffer: Buffer } {
  const row = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) {
    row.set([(seed * 53) % 256, (seed * 101 + x) % 256, (seed * 197) % 256], 1 + x * 3);
  }
  return { name, mimeType: "image/png", buffer: png(width, height, Buffer.concat(Array<Buffer>(height).fill(row))) };
}

/** A PNG that nothing makes smaller: about twelve megabytes. */
export function largePicture(name = "groot.png"): { name: string; mimeType: string; buffer: Buffer } {
  return noise(name, 2000, 2000);
}

/** The same with more pixels on a side than anybody keeps. */
export function widePicture(name = "breed.png"): { name: string; mimeType: string; buffer: Buffer } {
  return noise(name, 4000, 1000);
}

function noise(name: string, width: number, height: number): { name: string; mimeType: string; buffer: Buffer } {
  const rows = randomBytes(height * (1 + width * 3));
  // Each row begins with the number of its filter: none.
  for (let y = 0; y < height; y += 1) rows[y * (1 + width * 3)] = 0;
  return { name, mimeType: "image/png", buffer: png(width, height, rows) };
}

/** Width and height of a lossy WebP file of one chunk, as the server makes them. */
export function sizeOf(webp: Buffer): [number, number] {
  return [webp.readUInt16LE(26) & 0x3fff, webp.readUInt16LE(28) & 0x3fff];
}

function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    // No two have the same bytes: who is in a picture is remembered for all posts of the school.
    chunk("teSt", randomBytes(16)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat(parts);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
