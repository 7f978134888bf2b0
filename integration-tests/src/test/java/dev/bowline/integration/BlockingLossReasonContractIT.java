package dev.bowline.integration;

class BlockingLossReasonContractIT extends LossReasonContract implements OnBlocking {}
