import type { Handler } from '#src/http/exchange.ts';

interface Route {
  method: string;
  pattern: RegExp;
  handler: Handler;
}

/** Finds the handler of a method and a path such as `/control/videos/:platform/:id`. */
export class Router {
  readonly #routes: Route[] = [];

  on(method: string, path: string, handler: Handler): this {
    const source = path.replace(/:(\w+)/g, '(?<$1>[^/]+)');
    this.#routes.push({ method, pattern: new RegExp(`^${source}/?$`), handler });
    return this;
  }

  /** The handler and the named parts of the path; 'method' when the path exists for another method only. */
  find(method: string, path: string): { handler: Handler; parts: Map<string, string> } | 'method' | undefined {
    let pathExists = false;
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (!match) continue;
      pathExists = true;
      if (route.method !== method && !(method === 'HEAD' && route.method === 'GET')) continue;
      const parts = new Map(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]));
      return { handler: route.handler, parts };
    }
    return pathExists ? 'method' : undefined;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
