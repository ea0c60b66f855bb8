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
