// What the form around the editor knows: the photos of this post, and the groups it may go to.

export interface Photo {
  media: string;
  /** Address of its small file. */
  source: string;
  label: string;
}

/** Photos that are ready, in their order. */
export function photosOf(inside: Element): Photo[] {
  const items = inside.closest("form")?.querySelectorAll<HTMLElement>(".tray-item") ?? [];
  return [...items].flatMap((item) => {
    const alt = item.querySelector<HTMLInputElement>('input[name^="alt:"]');
    const source = item.querySelector("img")?.getAttribute("src");
    if (!alt || !source) return [];
    const label = alt.value.trim() || (item.querySelector(".tray-name")?.textContent ?? "");
    return [{ media: alt.name.slice("alt:".length), source, label }];
  });
}

/** Tells of photos that are taken out of the post, until it is ended. */
export function onRemovedPhotos(inside: Element, removed: (media: string[]) => void): () => void {
  const tray = inside.closest("form")?.querySelector(".tray");
  if (!tray) return () => undefined;
  const idsIn = (items: Iterable<Node>): string[] =>
    [...items].flatMap((item) => (item instanceof HTMLElement && item.dataset.picture ? [item.dataset.picture] : []));
  const observer = new MutationObserver((changes) => {
    // A page that is left goes as a whole; a photo that looks otherwise now, or stands elsewhere, is there again.
    if (!tray.isConnected) return;
    const there = idsIn(tray.children);
    const gone = idsIn(changes.flatMap((change) => [...change.removedNodes])).filter((media) => !there.includes(media));
    if (gone.length > 0) removed(gone);
  });
  observer.observe(tray, { childList: true });
  return () => observer.disconnect();
}

export interface Group {
  group: string;
  name: string;
}

export function groupsOf(inside: Element): Group[] {
  const boxes = inside.closest("form")?.querySelectorAll<HTMLInputElement>('input[name="groups"]') ?? [];
  return [...boxes].map((box) => ({ group: box.value, name: box.closest("label")?.textContent?.trim() ?? "" }));
}

/** Gives photos that were dropped or pasted to the form's field for them. */
export function addPhotos(inside: Element, files: FileList | undefined): boolean {
  const field = inside.closest("form")?.querySelector<HTMLInputElement>('input[type="file"]');
  if (!field || !files || files.length === 0) return false;
  field.files = files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
