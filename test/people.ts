/** The people of the journeys. Their passwords pass the policy and are used nowhere else. */
import type { PersonWish } from "./world.ts";

export const anna: PersonWish & { email: string } = {
  login: "anna",
  name: "Анна Петрова",
  email: "anna@romashka.example",
  phone: "+7 916 123-45-67",
  password: "вишнёвый трамвай у пруда",
};

export const ivan: PersonWish & { email: string } = {
  login: "ivan.sidorov",
  name: "Иван Сидоров",
  email: "ivan@romashka.example",
  password: "синий чайник поёт утром",
};

/** Fine passwords to change to. */
export const newPassword = "семь оранжевых велосипедов";
export const otherPassword = "тихая лодка под звёздами";
