package dev.bowline.integration;

class NioLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNio {}
