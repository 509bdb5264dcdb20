import { createEngine, redactStream } from "subrosa";
import { createEngine as textEngine } from "subrosa/text";

globalThis.subrosa = { createEngine, redactStream, textEngine };
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
