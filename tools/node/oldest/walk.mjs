// node walk.mjs BROWSER ADDRESS PHOTO PASSWORD CODE CODE: a worker's day in an old browser, one check with a line and one without; JSON to stdout.
import puppeteer from "puppeteer-core";

const [browser, base, photo, password, ...codes] = process.argv.slice(2);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--use-gl=swiftshader"];
const told = { faults: [], steps: [] };
const started = await puppeteer.launch({ executablePath: browser, headless: true, args: FLAGS });
const page = await started.newPage();
await page.emulate({ viewport: { width: 390, height: 844, isMobile: true, hasTouch: true }, userAgent: (await started.userAgent()).replace("Headless", "") });
page.on("pageerror", (error) => told.faults.push(error.message));
page.on("console", (line) => line.type() === "error" && !line.text().includes("ERR_INTERNET_DISCONNECTED") && told.faults.push(line.text()));
told.version = await started.version();

const stop = async (fault) => {
  console.error(JSON.stringify({ ...told, fault: fault.message, at: page.url(), shown: await page.evaluate(() => document.body.innerText.slice(0, 600)) }));
  await started.close();
  process.exit(1);
};
process.on("unhandledRejection", stop);
process.on("uncaughtException", stop);
const press = (selector) => page.waitForSelector(selector).then((found) => found.evaluate((node) => node.click()));
const onward = (selector) => Promise.all([page.waitForNavigation({ timeout: 20000 }), press(selector)]);

async function answer() {
  await page.waitForSelector("#submit");
  const [chooser] = await Promise.all([page.waitForFileChooser(), press("#S04 .shoot")]);
  await chooser.accept([photo]);
  await page.waitForSelector("#S04 .shot img", { timeout: 20000 });
  for (const choice of ["#S01 .opt.pass, #S01 .opt", "#S04 .opt.pass"]) await press(choice);
  for (const rest of await page.$$(".rest")) await rest.evaluate((node) => node.click());
}

await page.goto(`${base}/login`);
await page.type("[name=account]", "wk-01");
await page.type("[name=password]", password);
await onward("[type=submit], form .primary");
told.steps.push("signed in");
await page.goto(`${base}/p/${codes[0]}`);
await answer();
await page.waitForSelector("#S04 .shot:not(.wait)", { timeout: 20000 });
await onward("#submit");
told.steps.push(page.url().includes("/checks/") ? "receipt" : page.url());
await page.goto(`${base}/p/${codes[1]}`);
await page.waitForSelector("#submit");
await page.setOfflineMode(true);
await answer();
await press("#submit");
await new Promise((done) => setTimeout(done, 2000));
told.steps.push("kept without a line");
await page.setOfflineMode(false);
for (const path of ["/", "/outbox", "/me", "/messages"]) {
  await page.goto(base + path);
  await new Promise((done) => setTimeout(done, 1500));
}
console.log(JSON.stringify(told));
await started.close();
