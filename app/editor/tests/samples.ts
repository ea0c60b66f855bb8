import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "../src/document.ts";

declare const TESTS: string;

export interface Sample {
  markdown: string;
  document: Document;
}

export const fileOf = (name: string): string => join(TESTS, name);
export const samples = (name: string): Sample[] => JSON.parse(readFileSync(fileOf(name), "utf8"));
