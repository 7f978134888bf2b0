package dev.bowline.integration;

class BlockingLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnBlocking {}
