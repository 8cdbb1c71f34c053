// What the pages of imports use beside what all pages have.
import "./upload-pieces.ts";
import "./moving.ts";
