import { createEngine, redactStream } from "subrosa";
import { createEngine as officeEngine } from "subrosa/office";
import { createEngine as textEngine } from "subrosa/text";

globalThis.subrosa = { createEngine, redactStream, officeEngine, textEngine };
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
