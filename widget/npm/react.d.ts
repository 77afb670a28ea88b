import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PorchlightHelpElement } from "./index.js";

/** Attributes of `<porchlight-help>`. They are read when the element is put into the page. */
export interface PorchlightHelpAttributes extends HTMLAttributes<PorchlightHelpElement> {
  /** Address of the bundle, the folder with `manifest.json`. */
  kb: string;
  /** Address of the desk, where your team answers in the panel. */
  desk?: string | undefined;
  /** Where "Talk to a person" leads without a desk, or while it is out of reach: a web address, `mailto:` or `tel:`. */
  contact?: string | undefined;
  /** An open panel in this place instead of the launcher. */
  inline?: boolean | undefined;
}

// React 18 and 19 both look here; only 18 also has a global `JSX`.
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "porchlight-help": DetailedHTMLProps<PorchlightHelpAttributes, PorchlightHelpElement>;
    }
  }
}
