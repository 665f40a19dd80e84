import { requestHeader } from "./headers.ts";
import type { WebContext } from "./web.ts";

const COOKIE = "throughline_notice";

/** The header that carries one sentence to the next page. */
export function noticeCookie(sentence: string): string {
  return `${COOKIE}=${encodeURIComponent(sentence)}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`;
}

/**
 * Leaves one sentence ("The meeting was moved to Tue 10 Mar.") for the next page, across the redirect after a form.
 * It travels in a cookie that lives a minute; never put what the owner wrote into it.
 */
export function leaveNotice(c: WebContext, sentence: string): void {
  c.header("set-cookie", noticeCookie(sentence), { append: true });
}

/** The sentence that the page before left, if any. */
export function readNotice(c: WebContext): string | undefined {
  const cookies = requestHeader(c, "cookie");
  if (!cookies?.includes(COOKIE)) return undefined;
  const found = cookies.split("; ").find((one) => one.startsWith(`${COOKIE}=`));
  try {
    return found && decodeURIComponent(found.slice(COOKIE.length + 1));
  } catch {
    return undefined;
  }
}

/** The header that removes the sentence once it was shown. */
export const FORGET_NOTICE = `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
