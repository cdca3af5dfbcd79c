import type { CaughtMail } from '#src/caught-mail.ts';

/** More than anybody reads; the oldest go first. */
const MAILS_MAX = 500;

/** The mails of this process, newest first. They are gone when it ends. */
export class MailBox {
  #mails: CaughtMail[] = [];

  add(mail: CaughtMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, MAILS_MAX);
  }

  find(id: string): CaughtMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Those to an address, or all. */
  list(to?: string): readonly CaughtMail[] {
    const wanted = to?.trim().toLowerCase() ?? '';
    return wanted === ''
      ? this.#mails
      : this.#mails.filter((mail) => mail.to.some((one) => one.toLowerCase() === wanted));
  }

  clear(): void {
    this.#mails = [];
  }
}
