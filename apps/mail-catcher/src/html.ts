/** Markup that is safe to send. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Value = Html | string | number | false | readonly Value[];

/** Builds markup; whatever is put into it and is not markup itself is escaped. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    strings.reduce((markup, part, index) => {
      const value = values[index];
      return markup + part + (value === undefined ? '' : toMarkup(value));
    }, ''),
  );
}

function toMarkup(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (value === false) return '';
  if (typeof value === 'object') return value.map(toMarkup).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
