import { useState } from "react";
import "subrosa/field";

/**
 * A controlled text area stays controlled: the field never changes its text. What leaves is made when the form is asked for its
 * data, so `new FormData(form)` in `onSubmit` holds redacted texts and files. State is the person's own text: do not send it.
 */
export function Referral() {
  const [note, setNote] = useState("");
  const [files, setFiles] = useState([]);
  const [counts, setCounts] = useState({});
  const [sent, setSent] = useState(false);

  async function submit(event) {
    event.preventDefault();
    const response = await fetch("/save", { method: "POST", body: new FormData(event.currentTarget) });
    setSent(response.ok);
  }

  return (
    <form method="post" action="/save" encType="multipart/form-data" onSubmit={submit}>
      <h1>Referral</h1>
      <subrosa-field policy="safe-harbor" on-error="block" onsubrosa-scan={({ detail }) => setCounts(detail.counts)}>
        <label htmlFor="note">What happened?</label>
        <textarea id="note" name="note" rows={6} value={note} onChange={({ target }) => setNote(target.value)} />
      </subrosa-field>
      <p id="length">
        {note.length} characters, {Object.values(counts).reduce((sum, count) => sum + count, 0)} findings
      </p>
      <subrosa-field policy="safe-harbor">
        <label htmlFor="letter">Letter</label>
        <input id="letter" type="file" name="letter" onChange={({ target }) => setFiles([...target.files].map(({ name }) => name))} />
      </subrosa-field>
      <p id="files">{files.join(", ")}</p>
      <button>Send</button>
      <p role="status">{sent ? "Sent." : ""}</p>
    </form>
  );
}
