import { createEngine, redactStream } from "subrosa";

globalThis.subrosa = { createEngine, redactStream };
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
