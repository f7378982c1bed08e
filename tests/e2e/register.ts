// A register as the person in front of it uses it: by the names on its screens, in the order of the work.
import { expect, type Locator, type Page } from '@playwright/test';
import { openBeside } from './window.ts';

/** What a person types of a new customer, by the names of the fields. */
export type Typed = Record<string, string>;

/** How long the screen may take to say that the network is gone, and that it is back. */
export const OFFLINE_LIMIT_MS = 3_000;

/** From the network's return to the account number, with few waiting. */
export const NUMBER_LIMIT_MS = 10_000;

/** Of the devices that stand on a counter, or are carried. */
export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 1024, height: 768 },
  desk: { width: 1440, height: 900 },
};

export const ACCOUNT_NUMBER = /C-\d{7}/;
export const SHORT_REFERENCE = /R\d+-\d{4}/;

/** A point of sale in one tab. */
export class Register {
  readonly page: Page;
  readonly connection: Locator;
  readonly search: Locator;
  readonly newCustomer: Locator;
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.connection = page.getByRole('status', { name: 'Connection' });
    this.search = page.getByRole('searchbox', { name: 'Search customers' });
    this.newCustomer = page.getByRole('button', { name: 'New customer' });
    this.sheet = page.getByRole('dialog').first();
  }

  /** The same register in a further window, on nothing yet. */
  async beside(): Promise<Register> {
    return new Register(await openBeside(this.page));
  }

  /** From an empty browser to the search box. */
  async open(url: string, register = 'RIGA-1'): Promise<void> {
    await this.page.goto(url);
    await this.activate(register);
    await this.signIn();
    await this.is('Online');
  }

  async activate(register = 'RIGA-1', code = `demo-${register.toLowerCase()}`): Promise<void> {
    await this.page.getByLabel('Register', { exact: true }).fill(register);
    await this.page.getByLabel('Activation code').fill(code);
    await this.page.getByRole('button', { name: 'Activate' }).click();
    await expect(this.page.getByLabel('Operator')).toBeVisible();
  }

  async signIn(operator = '1001', pin = '246810'): Promise<void> {
    await this.page.getByLabel('Operator').fill(operator);
    await this.page.getByLabel('PIN', { exact: true }).fill(pin);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(this.search).toBeVisible();
  }

  /** Waits until the connection reads so. */
  async is(connection: 'Online' | 'Headquarters out of reach' | 'Offline', timeout = 15_000): Promise<void> {
    await expect(this.connection).toHaveText(connection, { timeout });
  }

  /** Waits until the app can start without a network. */
  async canStartOffline(): Promise<void> {
    const ready = () => navigator.serviceWorker.ready.then((worker) => worker.active?.state);
    await expect.poll(() => this.page.evaluate(ready), { timeout: 20_000 }).toBe('activated');
  }

  /** The links of the customers found, in their order. */
  get results(): Locator {
    return this.page.getByRole('link', { name: new RegExp(`${ACCOUNT_NUMBER.source}|${SHORT_REFERENCE.source}`) });
  }

  /** The link of the customer of this name. */
  result(name: string): Locator {
    return this.results.filter({ hasText: name }).first();
  }

  async find(typed: string): Promise<void> {
    await this.go('Customers');
    await this.search.fill(typed);
  }

  /** Opens the details of the customer of this name. */
  async openCustomer(name: string): Promise<void> {
    await this.find(name);
    await this.result(name).click();
    await expect(this.page.getByRole('heading', { name })).toBeVisible();
  }

  /** Opens the form and fills it in; `Organization name` among the fields makes it an organization. */
  async fillNewCustomer(typed: Typed): Promise<void> {
    await this.newCustomer.click();
    await expect(this.sheet).toBeVisible();
    await this.fill(typed);
  }

  async fill(typed: Typed): Promise<void> {
    if ('Organization name' in typed) {
      // The radio button itself is not drawn; people press its label.
      await this.sheet.getByText('Organization', { exact: true }).click();
    }
    for (const [field, value] of Object.entries(typed)) {
      await this.sheet.getByLabel(field, { exact: true }).first().fill(value);
    }
  }

  /** Opens a part of the form that is folded away. */
  async unfold(section: string): Promise<void> {
    await this.sheet.getByText(section, { exact: true }).click();
  }

  async save(): Promise<void> {
    await this.sheet.getByRole('button', { name: 'Save' }).click();
  }

  /** The news that the register shows at the moment. */
  get news(): Locator {
    return this.page.getByRole('region', { name: 'News' });
  }

  /** What the register says when it has saved. */
  saved(words: RegExp = /^Saved/): Locator {
    return this.page.getByText(words).first();
  }

  async create(typed: Typed, says: RegExp = /^Saved/): Promise<void> {
    await this.fillNewCustomer(typed);
    await this.save();
    await expect(this.saved(says)).toBeVisible();
    await expect(this.sheet).toBeHidden();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async go(page: 'Customers' | 'Sync status' | 'Settings'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: page }).click();
  }

  /** The details show what holds for pending customers: said, closed, and told why where a hand or a reader gets. */
  async showsPending(): Promise<void> {
    await expect(this.page.getByText('Pending sync').filter({ visible: true }).first()).toBeVisible();
    for (const [name, reason] of [
      ['Edit', /edited|Editing/],
      ['Issue loyalty card', /loyalty card/],
    ] as const) {
      const button = this.button(name);
      await expect(button).toBeDisabled();
      await expect(button).toHaveAccessibleDescription(reason);
      await button.focus();
      await expect(button).toBeFocused();
      await button.press('Enter');
      await expect(this.sheet).toBeHidden();
    }
  }
}

/** The accessible name of a customer holds the account number, never the GUID. */
export function accountNumberIn(text: string): string {
  const number = ACCOUNT_NUMBER.exec(text)?.[0];
  if (!number) throw new Error(`no account number in "${text}"`);
  return number;
}
