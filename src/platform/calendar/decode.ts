// From the bytes of a calendar file to its text. RFC 5545 section 3.1.4 says UTF-8; programs say many things.

/** Takes folds out before decoding: some programs fold in the middle of a character. */
function unfolded(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const isFold = bytes[index] === 0x0d && bytes[index + 1] === 0x0a && (bytes[index + 2] === 0x20 || bytes[index + 2] === 0x09);
    if (isFold) index += 2;
    else kept[length++] = bytes[index] as number;
  }
  return kept.subarray(0, length);
}

function strictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a calendar file: UTF-8 or UTF-16 by its mark, UTF-8 also where a line was folded inside a character, else Windows-1252. Never throws. */
export function decodeCalendar(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return strictly(bytes) ?? strictly(unfolded(bytes)) ?? new TextDecoder("windows-1252").decode(bytes);
}
