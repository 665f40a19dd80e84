const ENTITIES: Readonly<Record<string, string>> = { "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };

const plain = (markup: string): string => markup.replace(/&(?:quot|#39|lt|gt|amp);/gu, (one) => ENTITIES[one] ?? one);

/** What a browser would send with a form: its hidden fields and the texts of its text areas, by name. */
export function formFields(markup: string, id: string): Record<string, string> {
  const form = new RegExp(`<form[^>]*id="${id}"[\\s\\S]*?</form>`, "u").exec(markup)?.[0] ?? "";
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/gu)];
  const areas = [...form.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>\n([\s\S]*?)<\/textarea>/gu)];
  return Object.fromEntries([...hidden, ...areas].map(([, name = "", value = ""]) => [name, plain(value)]));
}
