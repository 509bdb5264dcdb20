import type { Entity } from "../types.js";

/** Everything the field says. Replace any of it by `field.strings = { ... }` or, for a language, `SubrosaField.languages`. */
export interface Strings {
  readonly idle: string;
  readonly checking: string;
  readonly sending: string;
  readonly nothing: string;
  readonly summary: (redact: number, keep: number) => string;
  readonly list: string;
  /** Read out before a value, as the name of a switch: on is replaced, off is kept. */
  readonly replace: string;
  readonly becomes: (replacement: string) => string;
  readonly kept: string;
  /** Of a near miss that nobody decided on. */
  readonly possible: string;
  readonly places: (count: number) => string;
  readonly more: (count: number) => string;
  readonly retry: string;
  readonly without: string;
  readonly fileChecking: (index: number, total: number, name: string) => string;
  readonly filesReady: (files: number, removed: number) => string;
  readonly fileUnread: (parts: number) => string;
  readonly fileRefused: (index: number, total: number, reason: string) => string;
  readonly fileDrop: string;
  readonly blocked: (reason: string) => string;
  readonly cleared: (reason: string) => string;
  /** By code of a failure; what is not here is said in the engine's words, which are English. */
  readonly problems: Readonly<Record<string, string>>;
  readonly entity: (entity: Entity) => string;
}

const SHORT = /^(?:ID|IP|URL|VIN|MAC|IBAN|BIC|IMEI|IMSI|ICCID|API|ZIP|NHS|SSN|ITIN|EIN|NPI|DEA|MBI|VAT)$/u;

/** `US_PASSPORT`: the words of the id, after them the country where it is one. */
const words = (id: Entity): string => {
  const parts = id.split("_");
  const country = parts.length > 1 && /^[A-Z]{2}$/u.test(parts[0] ?? "") && !SHORT.test(parts[0] ?? "") ? ` (${parts.shift()})` : "";
  const text = parts.map((word) => (SHORT.test(word) ? word : word.toLowerCase())).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1) + country;
};

const ENGLISH: Readonly<Record<Entity, string>> = {
  PERSON: "Name", LOCATION: "Place", DATE_TIME: "Date or time", DATE_OF_BIRTH: "Birth date", EMAIL_ADDRESS: "Email address",
  NRP: "Nationality or religion", CREDIT_CARD: "Payment card", URL: "Web address", IBAN_CODE: "Bank account (IBAN)", US_SSN: "Social security number",
  DENIED_TERM: "Listed term", UNIQUE_IDENTIFIER: "Identifying number", CRYPTO: "Wallet address", HEALTH_CONDITION: "Health condition",
};

export const en: Strings = {
  idle: "Names, numbers and other personal data are replaced before this is sent.",
  checking: "Checking for personal data …",
  sending: "Checking, then sending …",
  nothing: "The checks found nothing to replace.",
  summary: (redact, keep) => {
    const replaced = redact === 0 ? "Nothing is replaced" : redact === 1 ? "1 value is replaced before sending" : `${redact} values are replaced before sending`;
    return keep ? `${replaced}, ${keep} kept.` : `${replaced}.`;
  },
  list: "Personal data found",
  replace: "Replace",
  becomes: (replacement) => `sent as ${replacement}`,
  kept: "kept as written",
  possible: "possible, kept unless chosen",
  places: (count) => (count === 1 ? "1 place" : `${count} places`),
  more: (count) => `Show ${count} more`,
  retry: "Try again",
  without: "Go on without a file",
  fileChecking: (index, total, name) => (total > 1 ? `Checking file ${index} of ${total}: ${name} …` : `Checking ${name} …`),
  filesReady: (files, removed) => {
    const which = files === 1 ? "The file was" : `${files} files were`;
    return removed ? `${which} replaced by a redacted copy: ${removed} ${removed === 1 ? "place" : "places"} removed.` : `${which} checked: the checks found nothing to remove.`;
  },
  fileUnread: (parts) => (parts === 1 ? "1 part could not be looked into." : `${parts} parts could not be looked into.`),
  fileRefused: (index, total, reason) => (total > 1 ? `File ${index} of ${total} was not accepted: ${reason}` : `The file was not accepted: ${reason}`),
  fileDrop: "Drop files here",
  blocked: (reason) => `This cannot be sent: ${reason}`,
  cleared: (reason) => `This field is left out when the form is sent: ${reason}`,
  problems: {
    load: "the check could not be started. Reload the page, or ask the people who run it.",
    browser: "this browser is too old for the check. Use a newer one.",
    control: "the page is set up wrongly (the field has to hold one text control, editable text or file control).",
    settings: "the page is set up wrongly.",
    options: "the page is set up wrongly.",
    internal: "the check failed.",
    timeout: "the check took too long.",
    encrypted: "it is protected by a password.",
    damaged: "it is damaged.",
    unsupported: "this kind of file cannot be checked.",
    limit: "it is too large or too deeply nested to be checked.",
    uninspectable: "it has parts that cannot be looked into.",
    residue: "personal data was still in the copy when it was read again.",
  },
  entity: (id) => ENGLISH[id] ?? words(id),
};

const SPANISH: Readonly<Record<Entity, string>> = {
  PERSON: "Nombre", LOCATION: "Lugar", DATE_TIME: "Fecha u hora", DATE_OF_BIRTH: "Fecha de nacimiento", EMAIL_ADDRESS: "Correo electrónico",
  PHONE_NUMBER: "Teléfono", FAX_NUMBER: "Fax", NRP: "Nacionalidad o religión", CREDIT_CARD: "Tarjeta de pago", URL: "Dirección web",
  IBAN_CODE: "Cuenta bancaria (IBAN)", US_SSN: "Número de seguro social", DENIED_TERM: "Término indicado", UNIQUE_IDENTIFIER: "Número identificador",
  CRYPTO: "Monedero", HEALTH_CONDITION: "Enfermedad", MEDICATION: "Medicamento", SYMPTOM: "Síntoma", LAB_TEST: "Análisis",
  MEDICAL_PROCEDURE: "Procedimiento médico", MEDICAL_RECORD_NUMBER: "Número de historia clínica", HEALTH_PLAN_NUMBER: "Número de seguro médico",
  ACCOUNT_NUMBER: "Número de cuenta", AGE: "Edad", API_KEY: "Clave de acceso", BIOMETRIC_IDENTIFIER: "Dato biométrico", CASE_NUMBER: "Número de caso",
  COORDINATES: "Coordenadas", DEVICE_IDENTIFIER: "Número de dispositivo", DURATION: "Duración", IP_ADDRESS: "Dirección IP",
  LICENSE_PLATE: "Matrícula", MAC_ADDRESS: "Dirección MAC", OCCUPATION: "Ocupación", ORGANIZATION: "Organización", PASSWORD: "Contraseña",
  PHOTOGRAPH: "Fotografía", POSTAL_CODE: "Código postal", ZIP_CODE: "Código postal", PRIVATE_KEY: "Clave privada", QUANTITY: "Cantidad",
  STREET_ADDRESS: "Dirección", SWIFT_BIC: "Código BIC", TRACKING_NUMBER: "Número de envío", USERNAME: "Usuario", VIN: "Bastidor",
};

export const es: Strings = {
  idle: "Los nombres, números y demás datos personales se sustituyen antes de enviar.",
  checking: "Buscando datos personales …",
  sending: "Se comprueba y después se envía …",
  nothing: "La comprobación no ha encontrado nada que sustituir.",
  summary: (redact, keep) => {
    const replaced = redact === 0 ? "No se sustituye nada" : redact === 1 ? "Se sustituye 1 dato antes de enviar" : `Se sustituyen ${redact} datos antes de enviar`;
    return keep ? `${replaced}; se ${keep === 1 ? "conserva" : "conservan"} ${keep}.` : `${replaced}.`;
  },
  list: "Datos personales encontrados",
  replace: "Sustituir",
  becomes: (replacement) => `se envía como ${replacement}`,
  kept: "se conserva",
  possible: "dudoso, se conserva si no se elige",
  places: (count) => (count === 1 ? "1 lugar" : `${count} lugares`),
  more: (count) => `Mostrar ${count} más`,
  retry: "Reintentar",
  without: "Continuar sin archivo",
  fileChecking: (index, total, name) => (total > 1 ? `Comprobando el archivo ${index} de ${total}: ${name} …` : `Comprobando ${name} …`),
  filesReady: (files, removed) => {
    const which = files === 1 ? "El archivo se ha" : `${files} archivos se han`;
    return removed ? `${which} sustituido por una copia censurada: ${removed} ${removed === 1 ? "lugar eliminado" : "lugares eliminados"}.` : `${which} comprobado: no se ha encontrado nada que eliminar.`;
  },
  fileUnread: (parts) => (parts === 1 ? "1 parte no se ha podido examinar." : `${parts} partes no se han podido examinar.`),
  fileRefused: (index, total, reason) => (total > 1 ? `No se acepta el archivo ${index} de ${total}: ${reason}` : `No se acepta el archivo: ${reason}`),
  fileDrop: "Suelte los archivos aquí",
  blocked: (reason) => `No se puede enviar: ${reason}`,
  cleared: (reason) => `Este campo no se envía con el formulario: ${reason}`,
  problems: {
    load: "no se ha podido iniciar la comprobación. Recargue la página o avise a sus responsables.",
    browser: "este navegador es demasiado antiguo para la comprobación.",
    control: "la página está mal configurada (el campo ha de contener un solo control de texto o de archivo).",
    settings: "la página está mal configurada.",
    options: "la página está mal configurada.",
    internal: "la comprobación ha fallado.",
    timeout: "la comprobación ha tardado demasiado.",
    encrypted: "está protegido con contraseña.",
    damaged: "está dañado.",
    unsupported: "este tipo de archivo no se puede comprobar.",
    limit: "es demasiado grande para comprobarlo.",
    uninspectable: "tiene partes que no se pueden examinar.",
    residue: "la copia aún contenía datos personales al leerla de nuevo.",
  },
  entity: (id) => SPANISH[id] ?? words(id),
};

/** By primary language subtag. */
export const languages: Map<string, Strings> = new Map([["en", en], ["es", es]]);

/** The strings for an element: those of the nearest `lang`, with what is replaced for it. */
export function stringsFor(host: Element, replaced: Partial<Strings>): Strings {
  const lang = closestLang(host);
  return { ...en, ...(languages.get(lang.toLowerCase()) ?? languages.get((lang.split("-")[0] ?? "").toLowerCase())), ...replaced };
}

function closestLang(host: Element): string {
  for (let node: Element | null = host; node; ) {
    const found: Element | null = node.closest("[lang]");
    if (found) return found.getAttribute("lang") ?? "";
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return "";
}
