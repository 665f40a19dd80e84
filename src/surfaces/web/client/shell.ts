// The part of every page that answers to keys and opens dialogs. Everything it opens is loaded when it is first needed.
export {};
