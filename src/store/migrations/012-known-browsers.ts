/** Browsers are known by a generation: what raises it makes all of them strangers until their next full sign-in. */
export const knownBrowsers = `
alter table account add column browser_generation integer not null default 0;
`
