// Somebody new, and the way they come here: through the same pages as everybody.

import { randomUUID } from "node:crypto";

import { expect, type Page } from "@playwright/test";

import { newAddress, type Outbox } from "./mail.ts";
import { Phone } from "./phone.ts";
import { alongside, type Terminal } from "./terminal.ts";

export interface Person {
  knownAs: string;
  email: string;
  password: string;
}

/** Somebody who has never been here. The address is made from the name, which the password must not hold. */
export function newPerson(knownAs: string): Person {
  return { knownAs, email: newAddress(knownAs.toLowerCase()), password: "seven quiet herons" };
}

/** Somebody of that name, with something after it: tests run side by side on one database. */
export function somebody(name: string): Person {
  return newPerson(name + randomUUID().slice(0, 6));
}

/** Fills in the form that the page shows. */
export async function fillIn(page: Page, person: Person): Promise<void> {
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByLabel("What would you like to be called?").fill(person.knownAs);
  await page.getByLabel("Your e-mail address").fill(person.email);
  await page.getByLabel("Choose a password").fill(person.password);
}

export async function register(page: Page, person: Person): Promise<void> {
  await page.goto("/register");
  await fillIn(page, person);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page).toHaveURL("/register/sent");
}

/** Opens the letter and does what it asks for. */
export async function confirm(page: Page, outbox: Outbox, person: Person): Promise<void> {
  await page.goto(await outbox.linkTo(person.email, /\/confirm\//));
  await page.getByRole("button", { name: "This address is mine" }).click();
  await expect(page).toHaveURL(/\/sign-in\?confirmed=yes/);
}

/** Fills in the sign-in form that the page shows, and sends it. */
export async function sendSignIn(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

export async function signIn(page: Page, person: Pick<Person, "email" | "password">): Promise<void> {
  await page.goto("/sign-in");
  await sendSignIn(page, person);
  await expect(page).toHaveURL("/today");
}

/** From nothing to Today. */
export async function join(page: Page, outbox: Outbox, person: Person): Promise<void> {
  await register(page, person);
  await confirm(page, outbox, person);
  await sendSignIn(page, person);
  await expect(page).toHaveURL("/today");
}

/** Accepts an invitation as somebody new, signs in, and sets up a second step where one is asked for. */
export async function accept(page: Page, link: string, person: Person): Promise<void> {
  await page.goto(link);
  await page.getByLabel("What would you like to be called?").fill(person.knownAs);
  await page.getByLabel("Choose a password").fill(person.password);
  await page.getByRole("button", { name: "Accept and join" }).click();
  await expect(page).toHaveURL("/sign-in?joined=yes");
  await sendSignIn(page, person);
  if (new URL(page.url()).pathname === "/today") return;
  const phone = await Phone.told(page);
  await page.getByLabel("The code that your app shows").fill(phone.code());
  await page.getByRole("button", { name: "Switch it on" }).click();
  await page.getByRole("heading", { name: "Keep these ten codes" }).waitFor();
}

/** An administrator, from the command line to being signed in. */
export async function administer(page: Page, outbox: Outbox, terminal: Terminal, person: Person): Promise<void> {
  await alongside(terminal, "admin", "invite", "--another", person.email);
  await accept(page, await outbox.linkTo(person.email, /\/invitation\//), person);
}
