import { call } from "../../../platform/operation.ts";
import { oauthProviders, type OAuthProviderName } from "../../../platform/mail/oauth.ts";
import { button, form, type FormError, type FormValues, isForForm, readForm, textField } from "../../../surfaces/web/kit/form.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext, WebRoutes } from "../../../surfaces/web/kit/web.ts";
import type { MailConfig } from "../operations/account.ts";
import { signInOperations } from "../operations/sign-in.ts";

const RETURN = "/settings/mail/sign-in";

/** Signing in with the provider instead of typing a password. Shown only where the owner has a client of their own. */
export function signInForm(provider: OAuthProviderName, { error, values }: { error?: FormError; values?: FormValues }): Html {
  const { title } = oauthProviders[provider];
  return form(
    `${RETURN}/${provider}`,
    html`${textField({ name: "address", label: `Your address at ${title}`, type: "email", value: values?.["address"], autocomplete: "email", error, required: true })}
      <div class="actions">${button(`Sign in with ${title}`)}</div>
      <p class="hint">You agree at ${title}, with the client that you registered there. What it gives is kept sealed, and you can end it there at any time.</p>`,
    { label: `Sign in with ${title}` },
  );
}

/** The way to the provider and back. What comes back is believed only with the sealed note that went along. */
export function signInRoutes(
  routes: WebRoutes,
  config: MailConfig,
  settings: (
    c: WebContext,
    shown: { error?: FormError; values?: FormValues; check?: { ok: boolean; message: string } },
  ) => Promise<Response>,
): void {
  const { beginSignIn, finishSignIn } = signInOperations(config);
  for (const provider of Object.keys(config.oauthClients ?? {}) as OAuthProviderName[]) {
    routes.post(`${RETURN}/${provider}`, async (c) => {
      const values = await readForm(c);
      try {
        const redirectUri = new URL(RETURN, c.req.url).href;
        const input = { provider, username: values["address"] ?? "", redirectUri };
        const { address } = await call(c.get("caller"), beginSignIn, input);
        // A link, because the page's own rules let forms lead nowhere else.
        return await page(c, {
          title: `Sign in with ${oauthProviders[provider].title}`,
          section: "settings",
          body: html`<p class="lede">You go on at ${oauthProviders[provider].title}, agree there, and come back here.</p>
            <p class="actions"><a class="button" href="${address}">Go on at ${oauthProviders[provider].title}</a></p>
            <p><a href="/settings/mail">Not now</a></p>`,
        });
      } catch (error) {
        if (!isForForm(error)) throw error;
        return settings(c, { error, values });
      }
    });
  }
  routes.get(RETURN, async (c) => {
    const { code, state, error: refused } = c.req.query();
    if (refused !== undefined || !code || !state)
      return settings(c, {
        check: { ok: false, message: "The provider gave no access, so nothing was changed. You can begin again." },
      });
    try {
      await call(c.get("caller"), finishSignIn, { code, state });
      return c.redirect("/settings/mail", 303);
    } catch (error) {
      if (!isForForm(error)) throw error;
      return settings(c, { error });
    }
  });
}
