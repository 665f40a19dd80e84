/** Two spellings of one tag differ in case and white space only. */
export function tagKey(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/gu, " ").toLocaleLowerCase("und");
}
