// Films and documents that tests make themselves.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type File = { name: string; mimeType: string; buffer: Buffer };

/** Two seconds of a moving picture with sound, as a telephone would send it. */
export function film(name = "film.mp4"): File {
  const folder = mkdtempSync(join(tmpdir(), "film-"));
  try {
    const path = join(folder, "film.mp4");
    const source = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=15:duration=2", "-f", "lavfi", "-i", "sine=duration=2"];
    execFileSync("ffmpeg", ["-v", "error", ...source, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", path]);
    return { name, mimeType: "video/mp4", buffer: readFileSync(path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same with as much in it as a telephone sends of a school play: 200 MB. */
export function largeFilm(name: string): File {
  const { buffer } = film();
  const size = 200_000_000 - buffer.length;
  // A part that players pass over.
  const free = Buffer.alloc(size, "ikker ");
  free.writeUInt32BE(size, 0);
  free.write("free", 4, "latin1");
  return { name, mimeType: "video/mp4", buffer: Buffer.concat([buffer, free]) };
}

/** The smallest thing that calls itself a PDF and says who wrote it. */
export function pdf(name: string, author: string): File {
  const text = `%PDF-1.7\n1 0 obj << /Author (${author}) >> endobj\nstartxref\n0\n%%EOF\n`;
  return { name, mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") };
}

/** Subtitles of one line, as SubRip. */
export function subtitles(name: string, words: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "application/x-subrip", buffer: Buffer.from(`1\n00:00:00,000 --> 00:00:01,500\n${words}\n`) };
}
