// What a page does with a script. Without one all of it works, by links and forms.
import { openOnCitations } from "./drawer.js";
import { addCopying } from "./copying.js";
import { easeAsking } from "./asking.js";

openOnCitations(document);
addCopying(document);
easeAsking(document);
