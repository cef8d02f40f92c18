// Which browser runs the tests: the Chromium of the system, without anything that calls out.
export const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";

export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
