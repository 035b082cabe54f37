// Every sentence that the widget says by itself; all others come from the server, in French.
const FRENCH = {
  open: "Poser une question",
  close: "Fermer l'assistant",
  shut: "Fermer",
  shutWhat: "l'assistant",
  title: "Assistant des appels à candidatures",
  log: "Conversation",
  you: "Vous",
  assistant: "Assistant",
  question: "Votre question",
  help: "Entrée envoie, Maj + Entrée passe à la ligne. 1 000 caractères au plus.",
  send: "Envoyer",
  writing: "L'assistant rédige sa réponse…",
  slow: "La réponse tarde ; merci de patienter.",
  sources: "Sources",
  published: "publié le",
  checked: "vérifié le",
  document: "consulter le document",
  choices: "Réponses proposées",
  choose: "Choisissez…",
  downloads: "Documents à télécharger",
  confirm: "Valider",
  progress: "Questions traitées :",
  extract: "Extrait du document",
  contact: "Contact :",
  useful: "Cette réponse vous est-elle utile ?",
  yes: "Oui",
  no: "Non",
  why: "Qu'est-ce qui manque ?",
  sendWhy: "Envoyer ce commentaire",
  thanks: "Merci, votre avis est noté.",
  notKept: "Votre avis n'a pas pu être transmis.",
  menu: "Cette conversation",
  restart: "Recommencer",
  restarted: "Nouvelle conversation : l'assistant ne tient plus compte de ce qui précède.",
  copy: "Copier",
  copied: "Conversation copiée.",
  notCopied: "La copie n'est pas permise ici : « Télécharger » donne la même conversation.",
  save: "Télécharger",
  saved: "Conversation téléchargée dans le fichier « conversation.txt ».",
  person: "Parler à une personne",
  erase: "Effacer cette conversation",
  eraseSure: "Effacer cette conversation ? Vos messages et les réponses disparaîtront d'ici et de l'assistant. Un dossier enregistré reste : il s'efface avec son code.",
  eraseYes: "Effacer",
  eraseNo: "Garder",
  erased: "Conversation effacée.",
  notErased: "Une conversation ne peut plus être effacée d'ici : elle s'effacera d'elle-même, à la fin de sa durée de conservation.",
  masked: "Des données personnelles ont été masquées dans votre message avant qu'il soit lu ou gardé.",
  retry: "Réessayer",
  empty: "Écrivez votre question avant de l'envoyer.",
  long: "Votre question dépasse 1 000 caractères.",
  offline: "La connexion est coupée. Votre question n'est pas perdue : réessayez quand elle sera revenue.",
  offlineOpening: "La connexion est coupée : l'assistant ne peut pas s'ouvrir. Réessayez quand elle sera revenue.",
  offlineErasing: "La connexion est coupée : l'effacement n'est pas terminé. Réessayez quand elle sera revenue.",
  down: "L'assistant est indisponible pour le moment. Réessayez dans quelques minutes.",
  expired: "La conversation avait expiré : une autre s'est ouverte, et votre question y a été posée.",
  newWindow: "nouvelle fenêtre",
  page: "Ouvrir en pleine page",
  situations: {
    upcoming: "pas encore ouvert",
    open: "ouvert",
    closing_soon: "ouvert, clôture proche",
    closed: "clos",
    no_deadline_stated: "sans date limite indiquée",
    permanent: "ouvert en permanence",
    ended_by_programme: "programme terminé",
    not_a_call: "ce n'est pas un appel",
  } as Record<string, string>,
};

export type Texts = typeof FRENCH;

const ENGLISH: Texts = {
  open: "Ask a question",
  close: "Close the assistant",
  shut: "Close",
  shutWhat: "the assistant",
  title: "Assistant on calls for candidates (answers in French)",
  log: "Conversation",
  you: "You",
  assistant: "Assistant",
  question: "Your question, in French",
  help: "Enter sends, Shift + Enter starts a new line. 1,000 characters at most.",
  send: "Send",
  writing: "The assistant is writing its answer…",
  slow: "The answer is taking longer than usual; please wait.",
  sources: "Sources",
  published: "published on",
  checked: "checked on",
  document: "see the document",
  choices: "Suggested answers",
  choose: "Choose…",
  downloads: "Documents to download",
  confirm: "Confirm",
  progress: "Questions answered:",
  extract: "Extract from the document",
  contact: "Contact:",
  useful: "Is this answer useful to you?",
  yes: "Yes",
  no: "No",
  why: "What is missing?",
  sendWhy: "Send this comment",
  thanks: "Thank you, your opinion has been noted.",
  notKept: "Your opinion could not be sent.",
  menu: "This conversation",
  restart: "Start again",
  restarted: "New conversation: the assistant no longer takes into account what is above.",
  copy: "Copy",
  copied: "Conversation copied.",
  notCopied: "Copying is not allowed here: “Download” gives the same conversation.",
  save: "Download",
  saved: "Conversation downloaded to the file “conversation.txt”.",
  person: "Talk to a person",
  erase: "Erase this conversation",
  eraseSure: "Erase this conversation? Your messages and the answers will disappear from here and from the assistant. A saved file stays: it is erased with its code.",
  eraseYes: "Erase",
  eraseNo: "Keep",
  erased: "Conversation erased.",
  notErased: "One conversation can no longer be erased from here: it will erase itself at the end of its retention period.",
  masked: "Personal data in your message were masked before it was read or kept.",
  retry: "Try again",
  empty: "Write your question before sending it.",
  long: "Your question is longer than 1,000 characters.",
  offline: "The connection is lost. Your question is not: try again when it is back.",
  offlineOpening: "The connection is lost: the assistant cannot open. Try again when it is back.",
  offlineErasing: "The connection is lost: erasing is not finished. Try again when it is back.",
  down: "The assistant is unavailable for the moment. Try again in a few minutes.",
  expired: "The conversation had expired: another one was opened, and your question was asked there.",
  newWindow: "new window",
  page: "Open as a full page",
  situations: {
    upcoming: "not open yet",
    open: "open",
    closing_soon: "open, closing soon",
    closed: "closed",
    no_deadline_stated: "no deadline stated",
    permanent: "permanently open",
    ended_by_programme: "programme over",
    not_a_call: "not a call",
  },
};

/** The widget's own sentences; French unless English is asked. What the assistant answers stays in French. */
export function textsIn(language: string): Texts {
  return isEnglish(language) ? ENGLISH : FRENCH;
}

/** What is said to the assistant, whatever the language of the page. */
export const SPOKEN = { person: FRENCH.person };

export function isEnglish(language: string): boolean {
  return /^en\b/i.test(language);
}

/** « 2022-09-05 » is « 5 septembre 2022 », or « 5 September 2022 »; anything else stays as it is. */
export function longDate(iso: string, language: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!parts) return iso;
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  const english = isEnglish(language);
  const rest = day.toLocaleDateString(english ? "en-GB" : "fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${!english && Number(parts[3]) === 1 ? "1er" : Number(parts[3])} ${rest}`;
}
