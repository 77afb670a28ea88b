/** Where the loader is, and what lets it run. */
export interface LoadOptions {
  /** Address of `loader.js`; without it `/porchlight/loader.js`. */
  src?: string | undefined;
  /** The page's nonce, where its Content Security Policy asks for one. */
  nonce?: string | undefined;
}

/** What the launcher is told. */
export interface InstallOptions extends LoadOptions {
  /** Address of the bundle, the folder with `manifest.json`. */
  kb: string;
  /** Address of the desk, where your team answers in the panel. */
  desk?: string | undefined;
  /** Where "Talk to a person" leads without a desk, or while it is out of reach: a web address, `mailto:` or `tel:`. */
  contact?: string | undefined;
  /** Language of the panel; without it that of the page. */
  lang?: string | undefined;
}

/** What to show when the panel opens. */
export interface OpenOptions {
  /** A question, which is asked at once. */
  question?: string | undefined;
  /** An article by its name in the bundle, such as `en/start/try-the-demo`. */
  article?: string | undefined;
}

/** What each event carries. None carries what a visitor wrote. */
export interface PorchlightEvents {
  /** The panel has opened. */
  open: Record<string, never>;
  /** The panel has closed. */
  close: Record<string, never>;
  /** A question has been dealt with: by an answer, by a choice between articles, or by the way to a person. */
  answer: { decision: "answer" | "choose" | "hand_off" };
  /** The visitor took the way to a person. */
  contact: Record<string, never>;
  /** Something could not be done; the visitor has been told. */
  error: {
    during: "load" | "open" | "ask" | "article" | "list";
    kind: "unavailable" | "unreachable" | "damaged" | "not_found" | "misused";
  };
}

/** What a page can ask of the bubble. */
export interface Porchlight {
  /**
   * Opens the panel. The promise resolves when it is open, or when the visitor has been told that it cannot be loaded;
   * without a launcher on the page there is none.
   */
  open(what?: OpenOptions): Promise<void> | undefined;
  /** Closes the panel. */
  close(): void;
  /** Calls `fn` at each event of this name; returns a function that ends it. */
  on<Name extends keyof PorchlightEvents>(name: Name, fn: (detail: PorchlightEvents[Name]) => void): () => void;
  /** Takes the launcher and all listeners off the page. */
  destroy(): void;
}

/**
 * Puts the launcher on the page and resolves when it is there. A page has one: where it is there already, nothing changes.
 * Rejects where the loader cannot be had; the next call then tries again.
 */
export function install(options: InstallOptions): Promise<Porchlight>;

/** Loads the loader only, for pages that write `<porchlight-help>` themselves. */
export function load(options?: LoadOptions): Promise<Porchlight>;

/**
 * The element that is the launcher or, with the attribute `inline`, an open panel in its place. It reads the attributes `kb`, `desk`,
 * `contact`, `lang` and `inline` when it is put into a page.
 */
export type PorchlightHelpElement = HTMLElement;

declare global {
  /** There once the loader has run. */
  var porchlight: Porchlight | undefined;

  interface HTMLElementTagNameMap {
    "porchlight-help": PorchlightHelpElement;
  }
}
