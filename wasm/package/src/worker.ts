/** The script of the browser's worker. */
import { glue } from "./module/glue.js";
import { work } from "./work.js";

work(glue);
