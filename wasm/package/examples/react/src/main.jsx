import { createRoot } from "react-dom/client";
import { Referral } from "./referral.jsx";

createRoot(document.getElementById("root")).render(<Referral />);
