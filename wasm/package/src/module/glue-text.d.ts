/** The glue of the module for text alone; what is for files is missing in it. */
export { glue } from "./glue.js";
