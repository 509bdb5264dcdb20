/** The glue of the module for texts and the kinds of file that most people have. */
export { glue } from "./glue.js";
