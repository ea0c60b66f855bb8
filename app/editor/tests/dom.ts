// A document for code that asks for one.
import { Window } from "happy-dom";

const window = new Window();
Object.assign(globalThis, { window, document: window.document, DOMParser: window.DOMParser, Node: window.Node });
