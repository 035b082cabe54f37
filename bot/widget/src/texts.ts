// Every sentence that the widget says by itself; all others come from the server.
export const TEXTS = {
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
  downloads: "Documents à télécharger",
  choose: "Choisir dans la liste",
  confirm: "Valider",
  useful: "Cette réponse vous est-elle utile ?",
  yes: "Oui",
  no: "Non",
  why: "Qu'est-ce qui manque ?",
  sendWhy: "Envoyer ce commentaire",
  thanks: "Merci, votre avis est noté.",
  menu: "Cette conversation",
  restart: "Recommencer",
  restarted: "Nouvelle conversation. La précédente reste affichée au-dessus.",
  copy: "Copier",
  copied: "Conversation copiée.",
  save: "Télécharger",
  person: "Parler à une personne",
  masked: "Des données personnelles ont été masquées dans votre message avant qu'il soit lu ou gardé.",
  retry: "Réessayer",
  empty: "Écrivez votre question avant de l'envoyer.",
  long: "Votre question dépasse 1 000 caractères.",
  offline: "La connexion est coupée. Votre question n'est pas perdue : réessayez quand elle sera revenue.",
  down: "L'assistant est indisponible pour le moment. Réessayez dans quelques minutes.",
  expired: "La conversation avait expiré : une autre s'est ouverte, et votre question y a été posée.",
  newWindow: "nouvelle fenêtre",
  page: "Ouvrir en pleine page",
  opened: "Assistant ouvert.",
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

/** « 2022-09-05 » is « 5 septembre 2022 »; anything else stays as it is. */
export function frenchDate(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!parts) return iso;
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  const rest = day.toLocaleDateString("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${Number(parts[3]) === 1 ? "1er" : Number(parts[3])} ${rest}`;
}
