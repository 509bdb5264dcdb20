/** The script of the browser's worker for texts and the kinds of file that most people have. */
import { glue } from "./module/glue-office.js";
import { work } from "./work.js";

work(glue);
