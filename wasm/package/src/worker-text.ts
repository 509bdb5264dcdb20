/** The script of the browser's worker for text alone. */
import { glue } from "./module/glue-text.js";
import { work } from "./work.js";

work(glue);
