// Signing in on the page, as a professional does.

import { freshCode } from "./totp.mjs";

/** The steps that let this account in; put them before the steps of a journey. */
export function signingIn(account) {
  return [
    {
      name: `sign in as ${account.role}`,
      go: "/work/sign-in",
      and: async (page) => {
        await page.locator('[name="user"]').fill(account.user);
        await page.locator('[name="password"]').fill(account.password);
        await page.locator('[name="totp"]').fill(await freshCode(account.totp_secret));
        await page.locator('form:has([name="totp"]) button').first().click();
      },
    },
    { name: `the first page of ${account.role}`, at: /^\/work(?!\/sign-in)/ },
  ];
}
